"""A text as the ids of its word pieces: what `crates/reader/src/pieces.rs` does, in Python.

The words of BERT's uncased vocabulary, with three differences that both sides share: a run of digits is one "0" (neither an
age nor an amount nor a reference may weigh), curly apostrophes are straight, and accents are taken off by the short table
below instead of by Unicode's decomposition.
"""

import re

CLS, SEP, UNKNOWN = 101, 102, 100
WORD_CHARS_MAX = 100

PLAIN = {"’": "'", "‘": "'", "“": '"', "”": '"', "\u00ad": ""}
for plain, accented in {
    "a": "àáâãäåā",
    "c": "çčć",
    "e": "èéêëēė",
    "g": "ğ",
    "i": "ìíîïīı",
    "l": "ł",
    "n": "ñńň",
    "o": "òóôõöōø",
    "r": "ř",
    "s": "šśşș",
    "t": "ţț",
    "u": "ùúûüū",
    "y": "ýÿ",
    "z": "žźż",
}.items():
    for letter in accented:
        PLAIN[letter] = plain


def words_and_digits(text):
    """Lower-case words, each mark a word of its own, digit runs as "0"; beside each the digits that stood there."""
    found, word, digits = [], [], []

    def close():
        if word:
            found.append(("".join(word), "".join(digits)))
            word.clear()
            digits.clear()

    for letter in text.lower():
        for plain in PLAIN.get(letter, letter):
            if "0" <= plain <= "9":
                digits.append(plain)
                plain = "0"
                if word and word[-1] == "0":
                    continue
            if plain.isalnum():
                word.append(plain)
                continue
            close()
            if not plain.isspace() and ord(plain) >= 0x20 and ord(plain) != 0x7F:
                found.append((plain, ""))
    close()
    return found


def words(text):
    return [word for word, _ in words_and_digits(text)]


class Pieces:
    def __init__(self, vocabulary):
        self.id = {piece: at for at, piece in enumerate(vocabulary)}
        self.known = {}

    def of_word(self, word):
        if word in self.known:
            return self.known[word]
        ids, start = [], 0
        if len(word) > WORD_CHARS_MAX:
            start, ids = len(word), [UNKNOWN]
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = ("##" if start else "") + word[start:end]
                if piece in self.id:
                    ids.append(self.id[piece])
                    start = end
                    break
            else:
                ids, start = [UNKNOWN], len(word)
        self.known[word] = ids
        return ids

    def of_text(self, text, pieces_max):
        ids = [CLS]
        for word in words(text):
            ids.extend(self.of_word(word))
            if len(ids) >= pieces_max - 1:
                break
        return ids[: pieces_max - 1] + [SEP]

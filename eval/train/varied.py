"""The same text from somebody else: another's English, another's name, another's points. Whoever writes it, it says the same."""

import re
from pathlib import Path

NAMES = (Path(__file__).parent / "names.txt").read_text(encoding="utf-8").split()
# Ways in which people write what others write otherwise; facts of spelling and grammar, of no one place.
WAYS = [
    [("you are", "ye're"), ("you", "ye"), ("your", "yer"), ("my", "me"), ("and", "an"), ("of", "o'"), ("isn't", "isnae"), ("don't", "dinnae"),
     ("can't", "cannae"), ("won't", "winnae"), ("didn't", "didnae"), ("doesn't", "doesnae"), ("not", "no"), ("from", "fae"), ("to", "tae"),
     ("was", "wis"), ("told", "telt"), ("would", "wid"), ("our", "oor"), ("out", "oot"), ("down", "doon"), ("about", "aboot"), ("with", "wi")],
    [("isn't", "ain't"), ("aren't", "ain't"), ("haven't", "ain't"), ("hasn't", "ain't"), ("you all", "y'all"), ("going to", "finna"),
     ("they are", "they"), ("you are", "you"), ("is not", "ain't"), ("doesn't", "don't"), ("was not", "wasn't"), ("were", "was"),
     ("any", "no"), ("them", "dem"), ("they", "dey"), ("the", "da"), ("want to", "wanna"), ("got to", "gotta"), ("have to", "gotta")],
    [("you", "u"), ("your", "ur"), ("you're", "ur"), ("are", "r"), ("please", "pls"), ("because", "cos"), ("to", "2"), ("for", "4"),
     ("before", "b4"), ("and", "n"), ("with", "w"), ("thanks", "thx"), ("tomorrow", "tmrw"), ("about", "abt"), ("messages", "msgs"),
     ("what", "wat"), ("don't", "dont"), ("can't", "cant"), ("isn't", "isnt"), ("i'm", "im"), ("it's", "its"), ("though", "tho")],
    [("the", ""), ("a", ""), ("an", ""), ("has been", "is"), ("have been", "am"), ("does not", "is not"), ("is", "is being"), ("i have", "i am having"),
     ("did not", "not"), ("please", "kindly"), ("tell", "intimate"), ("yet", "till now"), ("again", "once again")],
    [("do you", "you dey"), ("i am", "i dey"), ("is not", "no dey"), ("has not", "never"), ("have not", "never"), ("did not", "no"),
     ("do not", "no"), ("my", "my own"), ("since", "since wey"), ("that", "wey"), ("very", "well well"), ("it is", "na")],
    [("already", "already ah"), ("can i", "can or not i"), ("is it", "issit"), ("very", "damn"), ("why", "why like that"), ("please", "pls lah"),
     ("the", ""), ("was", "is"), ("were", "is"), ("did", "do"), ("said", "say"), ("told", "tell"), ("came", "come"), ("went", "go")],
    [("have just", "am after"), ("you", "ye"), ("is it", "is it what"), ("my", "me"), ("those", "them"), ("really", "fierce"), ("nobody", "not a sinner"),
     ("isn't", "isn't it"), ("have", "do have"), ("little", "wee"), ("yes", "aye"), ("child", "wean"), ("was", "were")],
    [("colour", "color"), ("centre", "center"), ("cheque", "check"), ("apologise", "apologize"), ("behaviour", "behavior"), ("cancelled", "canceled"),
     ("organise", "organize"), ("metre", "meter"), ("travelling", "traveling"), ("post", "mail"), ("flat", "apartment"), ("lift", "elevator")],
]


def varied(text, chance):
    """The text as somebody else may write it."""
    if chance.random() < 0.75:
        for said, written in chance.choice(WAYS):
            if chance.random() < 0.75:
                text = re.sub(rf"\b{re.escape(said)}\b", written, text, flags=re.I)
        text = re.sub(r"ing\b", "in", text) if chance.random() < 0.2 else text
    if chance.random() < 0.35:
        text = re.sub(r"[.,!;:'’]", "", text) if chance.random() < 0.5 else text.rstrip(".!")
    if chance.random() < 0.4:
        name = " ".join(chance.choice(NAMES) for _ in range(chance.choice([1, 2, 2])))
        title = chance.choice(["", "", "", "Mr ", "Mrs ", "Ms ", "Dr "])
        text = chance.choice([f"{text} {title}{name}", f"{text} {name}", f"This is {title}{name}. {text}", f"My name is {name} and {text}"])
    return " ".join(text.split())

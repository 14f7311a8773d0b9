//! One line in, one line out, in order, on all cores, in constant memory.
//!
//! Lines travel in chunks. Chunk `k` goes to worker `k mod n` through a bounded channel and comes
//! back through another; the writer asks the workers in the same turn. So the order keeps itself,
//! nothing is ever sorted, and a slow reader at the end holds everything up instead of filling the
//! memory. A chunk leaves as soon as no more input is at hand, so a person or a program that
//! writes one line and waits gets its answer at once.

use crate::limits;
use std::io::{BufRead, BufReader, Read, Write};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};

/// A line, or what was wrong with its bytes.
pub struct Line {
    /// Counted from 1, blank lines included.
    pub number: u64,
    pub text: Result<String, &'static str>,
}

/// How a stream ended.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Streamed {
    pub lines: u64,
    pub bad: u64,
}

/// What became of one line: its answer, and whether it was a good one.
pub struct Answer {
    pub json: String,
    pub good: bool,
}

/// Sends every line of `input` through `answer` on `jobs` threads and writes the answers in order.
///
/// The threads are not waited for: the one that reads may be sitting at a silent terminal when the
/// output is already closed.
pub fn stream(
    input: impl Read + Send + 'static,
    mut output: impl Write,
    jobs: usize,
    answer: impl Fn(Line) -> Answer + Send + Sync + 'static,
) -> std::io::Result<Streamed> {
    let answer = Arc::new(answer);
    let mut to_workers = Vec::with_capacity(jobs);
    let mut from_workers = Vec::with_capacity(jobs);
    for _ in 0..jobs {
        let (to_worker, work) = sync_channel::<Vec<Line>>(limits::CHUNKS_WAITING_MAX);
        let (done, from_worker) = sync_channel::<Vec<Answer>>(limits::CHUNKS_WAITING_MAX);
        let answer = Arc::clone(&answer);
        std::thread::spawn(move || {
            for chunk in work {
                let answers = chunk.into_iter().map(&*answer).collect();
                if done.send(answers).is_err() {
                    break; // Nobody reads any more.
                }
            }
        });
        to_workers.push(to_worker);
        from_workers.push(from_worker);
    }
    let (ended, dealt) = sync_channel(1);
    std::thread::spawn(move || {
        let how = deal(input, &to_workers);
        // The word comes before the workers learn of the end, so it is there when it is asked for.
        let _ = ended.send(how);
    });
    let streamed = gather(&from_workers, &mut output)?;
    dealt.recv().unwrap_or(Ok(()))?;
    Ok(streamed)
}

/// Deals the lines out to the workers, turn by turn.
fn deal(input: impl Read, to_workers: &[SyncSender<Vec<Line>>]) -> std::io::Result<()> {
    let mut reader = BufReader::with_capacity(limits::CHUNK_BYTES_MAX, input);
    let mut number = 0;
    for worker in to_workers.iter().cycle() {
        let mut chunk = Vec::new();
        let mut bytes = 0;
        loop {
            let Some((text, length)) = line(&mut reader)? else {
                if !chunk.is_empty() {
                    let _ = worker.send(chunk);
                }
                return Ok(());
            };
            number += 1;
            if !matches!(&text, Ok(text) if text.trim().is_empty()) {
                bytes += length;
                chunk.push(Line { number, text });
            }
            let full = chunk.len() >= limits::CHUNK_LINES_MAX || bytes >= limits::CHUNK_BYTES_MAX;
            let more_at_hand = reader.buffer().contains(&b'\n');
            if full || (!chunk.is_empty() && !more_at_hand) {
                break;
            }
        }
        if worker.send(chunk).is_err() {
            return Ok(()); // The writer has stopped; so do we.
        }
    }
    Ok(())
}

/// Writes the answers in the order in which the lines were dealt.
fn gather(workers: &[Receiver<Vec<Answer>>], output: &mut impl Write) -> std::io::Result<Streamed> {
    let mut streamed = Streamed::default();
    for worker in workers.iter().cycle() {
        let answers = match worker.try_recv() {
            Ok(answers) => answers,
            Err(TryRecvError::Disconnected) => break,
            Err(TryRecvError::Empty) => {
                // About to wait: let whoever reads have what there is.
                output.flush()?;
                match worker.recv() {
                    Ok(answers) => answers,
                    Err(_) => break,
                }
            }
        };
        for answer in answers {
            streamed.lines += 1;
            streamed.bad += u64::from(!answer.good);
            output.write_all(answer.json.as_bytes())?;
            output.write_all(b"\n")?;
        }
    }
    output.flush()?;
    Ok(streamed)
}

/// The next line without its end, and how many bytes it had; too long a line is read past and refused.
fn line(
    reader: &mut impl BufRead,
) -> std::io::Result<Option<(Result<String, &'static str>, usize)>> {
    let mut bytes = Vec::new();
    let mut length = 0;
    loop {
        let buffer = match reader.fill_buf() {
            Ok(buffer) => buffer,
            Err(why) if why.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(why) => return Err(why),
        };
        if buffer.is_empty() {
            if length == 0 {
                return Ok(None);
            }
            break;
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let taken = end.map_or(buffer.len(), |at| at + 1);
        length += taken;
        if length <= limits::LINE_BYTES_MAX {
            bytes.extend_from_slice(&buffer[..taken]);
        } else {
            bytes = Vec::new();
        }
        reader.consume(taken);
        if end.is_some() {
            break;
        }
    }
    if length > limits::LINE_BYTES_MAX {
        return Ok(Some((
            Err("This line is longer than 16 MiB and was left out."),
            length,
        )));
    }
    let whole = bytes.strip_suffix(b"\n").unwrap_or(&bytes).len();
    bytes.truncate(whole);
    let text = String::from_utf8(bytes).map_err(|_| "This line is not UTF-8 text.");
    Ok(Some((text, length)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn echo(line: Line) -> Answer {
        // Uneven work, so that order would break if it could.
        std::thread::sleep(std::time::Duration::from_micros(line.number * 37 % 300));
        Answer {
            good: line.text.is_ok(),
            json: format!(
                "{}:{}",
                line.number,
                line.text.unwrap_or_else(str::to_owned)
            ),
        }
    }

    fn through(input: impl Into<Vec<u8>>, jobs: usize) -> (String, Streamed) {
        let mut output = Vec::new();
        let input = std::io::Cursor::new(input.into());
        let streamed = stream(input, &mut output, jobs, echo).expect("a Vec takes everything");
        (
            String::from_utf8(output).expect("echo writes text"),
            streamed,
        )
    }

    #[test]
    fn order_is_kept_whatever_the_number_of_workers() {
        let input: String = (1..=1000).map(|n| format!("line {n}\n")).collect();
        let expected: String = (1..=1000).map(|n| format!("{n}:line {n}\n")).collect();
        for jobs in [1, 2, 3, 8] {
            let (output, _) = through(input.as_bytes(), jobs);
            let wrong = output
                .lines()
                .zip(expected.lines())
                .find(|(got, wanted)| got != wanted);
            assert_eq!(wrong, None, "{jobs} jobs");
            assert_eq!(output.len(), expected.len(), "{jobs} jobs");
        }
    }

    #[test]
    fn blank_lines_are_counted_and_not_answered() {
        let (output, streamed) = through("a\n\n  \r\nb", 2);
        assert_eq!(output, "1:a\n4:b\n");
        assert_eq!(streamed, Streamed { lines: 2, bad: 0 });
    }

    #[test]
    fn nothing_in_nothing_out() {
        assert_eq!(through("", 4), (String::new(), Streamed::default()));
    }

    #[test]
    fn a_line_that_is_no_text_is_told_and_the_stream_goes_on() {
        let (output, streamed) = through(*b"a\n\xff\xfe\nb\n", 2);
        assert_eq!(output, "1:a\n2:This line is not UTF-8 text.\n3:b\n");
        assert_eq!(streamed.bad, 1);
    }

    #[test]
    fn a_line_without_end_does_not_fill_the_memory() {
        let mut input = vec![b'x'; limits::LINE_BYTES_MAX + 5];
        input.extend_from_slice(b"\nafter\n");
        let (output, _) = through(input, 2);
        assert_eq!(
            output,
            "1:This line is longer than 16 MiB and was left out.\n2:after\n"
        );
    }

    #[test]
    fn the_stream_stops_reading_when_nobody_reads_its_answers() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
                Err(std::io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let answered = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&answered);
        let ended = stream(Endless, Closed, 2, move |line| {
            counted.fetch_add(1, Ordering::Relaxed);
            echo(line)
        });
        assert_eq!(
            ended.expect_err("it was closed").kind(),
            std::io::ErrorKind::BrokenPipe
        );
        assert!(answered.load(Ordering::Relaxed) < 2000);
    }

    #[test]
    fn one_line_is_answered_before_the_next_one_is_written() {
        let (ours, mut theirs) = std::io::pipe().expect("a pipe");
        let (answers, mut output) = std::io::pipe()
            .map(|(r, w)| (BufReader::new(r), w))
            .expect("a pipe");
        std::thread::spawn(move || stream(ours, &mut output, 2, echo));
        let mut answers = answers.lines();
        for n in 1..4 {
            theirs
                .write_all(format!("hello {n}\nhalf").as_bytes())
                .expect("it takes it");
            let answer = answers.next().expect("there is one").expect("it is text");
            assert!(answer.ends_with(&format!("hello {n}")), "{answer}");
        }
    }

    /// Lines of "x" for ever.
    struct Endless;
    impl Read for Endless {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            into.fill(b'\n');
            into.iter_mut().step_by(2).for_each(|byte| *byte = b'x');
            Ok(into.len())
        }
    }
}

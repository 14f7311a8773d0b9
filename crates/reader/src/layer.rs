//! From word pieces to states: the embedding and the layers, one text at a time.

use crate::body::{Body, Layer, Linear, Norm, WordTable};
use crate::numbers::{dot_real, exp, gelu, normalise, product, whole};
use crate::pieces::Piece;

/// The states of every piece before the first layer and behind the last, row by row.
pub struct States {
    pub first: Vec<f32>,
    pub last: Vec<f32>,
}

/// At most as many pieces as the body has positions for; with the widest vectors that this processor has.
pub fn states(words: &WordTable, body: &Body, pieces: &[Piece]) -> States {
    pulp::Arch::new().dispatch(Pass {
        words,
        body,
        pieces,
    })
}

/// A closure would not do: it is called through a function of its own, which knows nothing of the processor.
struct Pass<'a> {
    words: &'a WordTable,
    body: &'a Body,
    pieces: &'a [Piece],
}

impl pulp::NullaryFnOnce for Pass<'_> {
    type Output = States;

    #[inline(always)]
    fn call(self) -> States {
        pass(self.words, self.body, self.pieces)
    }
}

#[inline(always)]
fn pass(words: &WordTable, body: &Body, pieces: &[Piece]) -> States {
    let width = body.shape.width;
    let mut rows = Vec::with_capacity(pieces.len() * width);
    for (at, piece) in pieces.iter().enumerate() {
        let word = piece.id as usize;
        let scale = words.scales[word];
        let letters = &words.rows[word * width..(word + 1) * width];
        let place = &body.positions[at * width..(at + 1) * width];
        rows.extend(
            letters
                .iter()
                .zip(place)
                .map(|(x, p)| f32::from(*x) * scale + p),
        );
    }
    if !body.kinds.is_empty() {
        for (row, piece) in rows.chunks_exact_mut(width).zip(pieces) {
            add(
                row,
                &body.kinds[piece.kind * width..(piece.kind + 1) * width],
            );
        }
    }
    norm(&mut rows, &body.norm);
    let first = rows.clone();
    for layer in &body.layers {
        through(layer, &mut rows, width, body.shape.heads);
    }
    States { first, last: rows }
}

#[inline(always)]
fn through(layer: &Layer, rows: &mut [f32], width: usize, heads: usize) {
    let qkv = linear(&layer.qkv, rows, width);
    let mixed = attend(&qkv, width, heads);
    add(rows, &linear(&layer.out, &mixed, width));
    norm(rows, &layer.norm1);
    let mut inner = linear(&layer.up, rows, width);
    gelu(&mut inner);
    add(rows, &linear(&layer.down, &inner, layer.up.scales.len()));
    norm(rows, &layer.norm2);
}

#[inline(always)]
fn linear(map: &Linear, rows: &[f32], width: usize) -> Vec<f32> {
    product(
        &whole(rows, width),
        width,
        &map.weights,
        &map.scales,
        &map.bias,
    )
}

#[inline(always)]
fn norm(rows: &mut [f32], by: &Norm) {
    normalise(rows, &by.scale, &by.shift);
}

#[inline(always)]
fn add(rows: &mut [f32], more: &[f32]) {
    for (x, y) in rows.iter_mut().zip(more) {
        *x += y;
    }
}

/// Every piece looks at every piece, in as many ways as there are heads.
#[inline(always)]
fn attend(qkv: &[f32], width: usize, heads: usize) -> Vec<f32> {
    let count = qkv.len() / (3 * width);
    let part = width / heads;
    let by = 1.0 / (part as f32).sqrt();
    let at = |piece: usize, which: usize, head: usize| {
        let from = piece * 3 * width + which * width + head * part;
        &qkv[from..from + part]
    };
    let mut mixed = vec![0f32; count * width];
    let mut looks = vec![0f32; count];
    for head in 0..heads {
        for piece in 0..count {
            let asks = at(piece, 0, head);
            let mut most = f32::MIN;
            for (other, look) in looks.iter_mut().enumerate() {
                *look = dot_real(asks, at(other, 1, head)) * by;
                most = most.max(*look);
            }
            let mut total = 0.0;
            for look in &mut looks {
                *look = exp(*look - most);
                total += *look;
            }
            let into = &mut mixed[piece * width + head * part..][..part];
            for (other, look) in looks.iter().enumerate() {
                let share = look / total;
                for (x, y) in into.iter_mut().zip(at(other, 2, head)) {
                    *x += share * y;
                }
            }
        }
    }
    mixed
}

/// The mean of `rows`, each `width` wide.
pub fn mean(rows: &[f32], width: usize) -> Vec<f32> {
    let mut mean = vec![0f32; width];
    for row in rows.chunks_exact(width) {
        for (mean, x) in mean.iter_mut().zip(row) {
            *mean += x;
        }
    }
    let count = (rows.len() / width) as f32;
    mean.iter_mut().for_each(|x| *x /= count);
    mean
}

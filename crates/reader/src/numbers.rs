//! The arithmetic: integer products with real scales, norms and curves, written plainly so that the compiler makes vectors of it.

/// Activations are rounded to this many steps each way: eleven bits, whose products with int8 over 1,536 places stay far
/// inside an i32.
const STEPS: f32 = 1023.0;

/// Rows of real numbers as whole ones, each row with its own scale.
pub struct Whole {
    pub numbers: Vec<i16>,
    pub scales: Vec<f32>,
}

#[inline(always)]
pub fn whole(rows: &[f32], width: usize) -> Whole {
    let mut numbers = Vec::with_capacity(rows.len());
    let mut scales = Vec::with_capacity(rows.len() / width);
    for row in rows.chunks_exact(width) {
        let most = row.iter().fold(0f32, |most, x| most.max(x.abs()));
        let scale = most / STEPS;
        let by = if most > 0.0 { STEPS / most } else { 0.0 };
        scales.push(scale);
        // Adding and taking away half a step upwards rounds without a call.
        numbers.extend(row.iter().map(|x| {
            let x = x * by;
            (x + if x < 0.0 { -0.5 } else { 0.5 }) as i16
        }));
    }
    Whole { numbers, scales }
}

/// `out[row][o] = rows[row] · weights[o] + bias[o]` with int8 weights of one scale an output.
#[inline(always)]
pub fn product(
    rows: &Whole,
    width: usize,
    weights: &[i8],
    scales: &[f32],
    bias: &[f32],
) -> Vec<f32> {
    let outputs = scales.len();
    let count = rows.scales.len();
    let mut out = vec![0f32; count * outputs];
    let mut wide = vec![0i16; width];
    for (o, weights) in weights.chunks_exact(width).enumerate() {
        for (wide, weight) in wide.iter_mut().zip(weights) {
            *wide = i16::from(*weight);
        }
        for (at, row) in rows.numbers.chunks_exact(width).enumerate() {
            let total = dot(row, &wide);
            out[at * outputs + o] = total as f32 * (rows.scales[at] * scales[o]) + bias[o];
        }
    }
    out
}

/// Wrapping says that nothing has to be watched for: it cannot happen, and watching would keep this from being vectors.
#[inline(always)]
fn dot(a: &[i16], b: &[i16]) -> i32 {
    a.iter().zip(b).fold(0i32, |total, (a, b)| {
        total.wrapping_add(i32::from(*a).wrapping_mul(i32::from(*b)))
    })
}

/// Rows to mean 0 and spread 1, then scaled and moved.
#[inline(always)]
pub fn normalise(rows: &mut [f32], scale: &[f32], shift: &[f32]) {
    let width = scale.len();
    for row in rows.chunks_exact_mut(width) {
        let mean = lanes(row, row, |a, _| a) / width as f32;
        for x in row.iter_mut() {
            *x -= mean;
        }
        let spread = dot_real(row, row) / width as f32;
        let by = 1.0 / (spread + 1e-12).sqrt();
        for ((x, scale), shift) in row.iter_mut().zip(scale).zip(shift) {
            *x = *x * by * scale + shift;
        }
    }
}

#[inline(always)]
pub fn dot_real(a: &[f32], b: &[f32]) -> f32 {
    lanes(a, b, |a, b| a * b)
}

/// The product of each row, as wide as `state`, with it.
pub fn dots(rows: &[f32], state: &[f32]) -> Vec<f32> {
    rows.chunks_exact(state.len())
        .map(|row| dot_real(row, state))
        .collect()
}

/// Sums in eight lanes, in an order that is the same on every processor.
#[inline(always)]
fn lanes(a: &[f32], b: &[f32], each: impl Fn(f32, f32) -> f32) -> f32 {
    let mut sums = [0f32; 8];
    let (a8, a_rest) = a.as_chunks::<8>();
    let (b8, b_rest) = b.as_chunks::<8>();
    for (a, b) in a8.iter().zip(b8) {
        for lane in 0..8 {
            sums[lane] += each(a[lane], b[lane]);
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(a, b)| each(*a, *b)).sum();
    sums.iter().sum::<f32>() + rest
}

/// GELU in its tanh form: `x` times the sigmoid of a cubic.
#[inline(always)]
pub fn gelu(rows: &mut [f32]) {
    for x in rows {
        let inner = 1.595_769 * (*x + 0.044_715 * *x * *x * *x);
        *x /= 1.0 + exp(-inner);
    }
}

/// e to the `x`, by a power of two and a polynomial; right to five digits.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    let x = x.clamp(-80.0, 80.0) * std::f32::consts::LOG2_E;
    let whole = (x + 128.5) as i32 - 128;
    let part = (x - whole as f32) * std::f32::consts::LN_2;
    let power = 1.0
        + part
            * (1.0
                + part
                    * (0.5
                        + part
                            * (0.166_666_67
                                + part
                                    * (0.041_666_67
                                        + part * (0.008_333_334 + part * 0.001_388_889)))));
    power * f32::from_bits(((whole + 127) as u32) << 23)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_e_are_right_to_five_digits() {
        for x in -700..700 {
            let x = x as f32 / 10.0;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-5, "{x}");
        }
    }

    #[test]
    fn whole_numbers_give_back_the_product() {
        let rows: Vec<f32> = (0..64)
            .map(|n| ((n * 37 % 41) as f32 - 20.0) / 7.0)
            .collect();
        let weights: Vec<i8> = (0..32 * 3).map(|n| (n * 29 % 255 - 127) as i8).collect();
        let said = product(&whole(&rows, 32), 32, &weights, &[0.01; 3], &[1.0; 3]);
        for (at, said) in said.iter().enumerate() {
            let (row, o) = (at / 3, at % 3);
            let exact: f32 = (0..32)
                .map(|i| rows[row * 32 + i] * f32::from(weights[o * 32 + i]) * 0.01)
                .sum();
            assert!((said - exact - 1.0).abs() < 0.02, "{said} {exact}");
        }
    }
}

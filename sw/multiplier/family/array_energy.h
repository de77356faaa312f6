// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace airnn {

/// Relative energy of an array multiplier of which rows below `rows` and columns below `columns`
/// are left out: a rule fitted to the powers, in 45 nm, of 32 circuits of evoapproxlib that equal
/// such a multiplier (12 and 16 bit). The mean deviation is 3 %, the largest 11 % where power is
/// above 2 % of the exact multiplier's. rows 0..8, columns 0..15.
double broken_array_energy(int rows, int columns);

/// The same for an array that is left whole but smaller: `a_bits` by `b_bits`, 0..8 each.
double small_array_energy(int a_bits, int b_bits);

}  // namespace airnn

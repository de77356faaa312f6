// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace airnn {

/// Sorts finite values in ascending order in linear time: three passes over 11-bit digits of the
/// bit pattern. Needs one further copy of the values while it runs.
void radix_sort(std::vector<float>& values);

}  // namespace airnn

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace airnn {

// Parts of the sentences that stand over tables.

/// Four significant digits, in groups of three before the point: "0.3512", "44,264".
std::string number_words(double number);
/// A factor with the three decimals that tables have: "1.042", "0.49".
std::string ratio_words(double ratio);
/// A share: "98.28 %".
std::string percent_words(double share);
/// "1 point", "1,200 points".
std::string count_words(std::size_t number, const std::string& one, const std::string& many);
/// "a, b and c"; of more than `most` names the first and how many others.
std::string list_words(const std::vector<std::string>& names, std::size_t most = 4);

}  // namespace airnn

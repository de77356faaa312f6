// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sw/data/data_file.h"

namespace airnn {

/// A set larger than this is taken for a damaged header (bytes).
inline constexpr std::uint64_t kLargestSet = std::uint64_t{1} << 34;

/// "10000x28x28".
std::string describe(const std::vector<std::uint64_t>& dimensions);

/// Product of the dimensions of a header. Throws DataError where one is 0 or beyond 2^31-1, or
/// where all of them at `element_bytes` each exceed kLargestSet.
std::uint64_t element_count(const DataFile& file, const std::vector<std::uint64_t>& dimensions,
                            std::uint64_t element_bytes);

/// What lies behind a header.
struct ElementArray {
  std::uint64_t rows = 0;  ///< first dimension
  std::uint64_t elements = 0;
  std::uint64_t element_bytes = 0;
};

/// The bytes of the first `most` rows. Throws DataError, with what is `described`, if fewer are
/// there, or if something follows all rows.
std::vector<std::uint8_t> read_elements(DataFile& file, const ElementArray& array,
                                        std::int64_t most, const std::string& described);

}  // namespace airnn

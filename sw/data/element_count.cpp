// SPDX-License-Identifier: Apache-2.0
#include "sw/data/element_count.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>

namespace airnn {

std::string describe(const std::vector<std::uint64_t>& dimensions) {
  return fmt::format("{}", fmt::join(dimensions, "x"));
}

std::uint64_t element_count(const DataFile& file, const std::vector<std::uint64_t>& dimensions,
                            std::uint64_t element_bytes) {
  std::uint64_t elements = 1;
  for (const std::uint64_t dimension : dimensions) {
    if (dimension == 0) {
      file.fail(fmt::format("the header says {} elements, expected at least 1 in each dimension",
                            describe(dimensions)));
    }
    // Divides instead of multiplying: the product of damaged dimensions need not fit 64 bits.
    if (dimension > std::uint64_t{std::numeric_limits<std::int32_t>::max()} ||
        elements > kLargestSet / element_bytes / dimension) {
      file.fail(
          fmt::format("the header says {} elements of {} bytes, expected at most {} bytes in all",
                      describe(dimensions), element_bytes, kLargestSet));
    }
    elements *= dimension;
  }
  return elements;
}

std::vector<std::uint8_t> read_elements(DataFile& file, const ElementArray& array,
                                        std::int64_t most, const std::string& described) {
  const std::uint64_t rows = std::min(array.rows, static_cast<std::uint64_t>(most));
  const std::uint64_t row_bytes = array.elements / array.rows * array.element_bytes;
  std::vector<std::uint8_t> bytes = file.read_exactly(rows * row_bytes, described);
  if (rows == array.rows) {
    file.expect_end(fmt::format("the {} bytes of {}", bytes.size(), described));
  }
  return bytes;
}

}  // namespace airnn

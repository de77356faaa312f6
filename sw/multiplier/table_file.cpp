// SPDX-License-Identifier: Apache-2.0
#include "sw/multiplier/table_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <system_error>
#include <vector>

#include "sw/data/data_file.h"

namespace airnn {

std::string table_file(const std::string& path) {
  std::error_code error;
  const std::string packed = path + ".gz";
  return !std::filesystem::exists(path, error) && std::filesystem::exists(packed, error) ? packed
                                                                                         : path;
}

ProductTable read_table(const std::string& path, std::optional<std::uint32_t> crc32c) {
  DataFile file(table_file(path));
  const std::vector<std::uint8_t> bytes = file.read(ProductTable::kBytes + 1);
  if (bytes.size() != ProductTable::kBytes) {
    file.fail(fmt::format(
        "expected a table of {} bytes (256 times 256 products of two bytes), found {}{}",
        ProductTable::kBytes, bytes.size() > ProductTable::kBytes ? "more than " : "",
        std::min(bytes.size(), ProductTable::kBytes)));
  }
  ProductTable table = ProductTable::from_bytes({bytes.data(), bytes.size()});
  if (crc32c && *crc32c != table.crc32c()) {
    file.fail(fmt::format("another table: expected the CRC-32C {}, found {}", crc_text(*crc32c),
                          crc_text(table.crc32c())));
  }
  return table;
}

std::string crc_text(std::uint32_t crc32c) {
  return fmt::format("{:08x}", crc32c);
}

std::optional<std::uint32_t> parse_crc(const std::string& text) {
  std::uint32_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value, 16);
  if (text.size() != 8 || error != std::errc() || stop != end) {
    return std::nullopt;
  }
  return value;
}

}  // namespace airnn

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sw/multiplier/product_table.h"

namespace airnn {

/// The file of a table: `path`, or, where there is none, `path`.gz.
std::string table_file(const std::string& path);

/// Reads a table (ProductTable says in which form), which may be gzipped. Throws DataError for a
/// file of another size, and for a table that has not the checksum, if one is given.
ProductTable read_table(const std::string& path, std::optional<std::uint32_t> crc32c);

/// A checksum as configurations and messages show it: eight hexadecimal digits.
std::string crc_text(std::uint32_t crc32c);

/// The number that such a text stands for; nothing if it is none.
std::optional<std::uint32_t> parse_crc(const std::string& text);

}  // namespace airnn

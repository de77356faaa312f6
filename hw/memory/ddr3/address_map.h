// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/memory/ddr3/ddr3_part.h"
#include "hw/memory/ddr3/dram_command.h"

namespace airnn {

/// Byte address to place in a channel, by a mapping such as "ro:ba:co": the fields ra (rank), ro
/// (row), ba (bank) and co (column) from the most significant bit down. A field may come in several
/// parts, the most significant first, each but one with its number of bits ("ro:co4:ba:co").
/// "ba^ro" is a bank whose bits are XORed with the lowest bits of the row. Below the lowest column
/// bit lie the three bits of the byte in a word. The three lowest column bits number the words of a
/// burst and always lie together at the end: "ro:co:ba" has the banks right above the burst. Ranks
/// that a mapping does not mention are on top.
class AddressMap {
 public:
  /// Throws std::invalid_argument with what is wrong with the mapping.
  AddressMap(const std::string& mapping, const Ddr3Geometry& geometry);

  /// Place of the burst that holds the byte; addresses wrap at the capacity.
  DramPlace place(std::uint64_t address) const {
    std::array<std::uint32_t, kFields> values{};
    for (const Part& part : parts_) {
      values[part.field] |= static_cast<std::uint32_t>(address >> part.address_bit & part.mask)
                            << part.field_bit;
    }
    return {values[rank], values[bank] ^ (values[row] & bank_xor_), values[row],
            values[column] & ~std::uint32_t{7}};
  }
  /// Address of the first byte of the burst at `place`.
  std::uint64_t address(const DramPlace& place) const;

 private:
  enum Field : std::uint8_t { rank, row, bank, column };
  static constexpr std::size_t kFields = 4;
  struct Part {
    Field field;
    std::uint32_t bits;
    std::uint32_t field_bit;
    std::uint32_t address_bit;
    std::uint64_t mask;
  };

  std::vector<Part> parts_;
  std::uint32_t bank_xor_ = 0;
};

}  // namespace airnn

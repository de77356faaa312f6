// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/memory/ddr3/ddr3_part.h"
#include "hw/memory/ddr3/dram_command.h"

namespace airnn::test {

/// Takes an address apart bit by bit as a mapping says, e.g. "ro:ba:co", "ra:ro:ba^ro:co" or
/// "ro:co4:ba:co": parts from the most significant bit; a number is a part's width, one part of a
/// field may go without and has the field's other bits. The lowest three column bits, the words of
/// a burst, are below whatever comes last.
class AddressMapTwin {
 public:
  AddressMapTwin(const std::string& mapping, const Ddr3Geometry& geometry);

  DramPlace place(std::uint64_t address) const;

 private:
  struct Part {
    std::string field;  ///< ra, ro, ba or co
    unsigned bits = 0;
  };

  Ddr3Geometry geometry_;
  bool hashed_ = false;
  std::vector<Part> parts_;  ///< from the most significant bit
};

}  // namespace airnn::test

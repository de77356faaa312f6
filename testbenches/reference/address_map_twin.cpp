// SPDX-License-Identifier: Apache-2.0
#include "testbenches/reference/address_map_twin.h"

#include <map>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace airnn::test {

namespace {

unsigned bits_of(std::uint64_t count) {
  unsigned bits = 0;
  while ((std::uint64_t{1} << bits) < count) {
    ++bits;
  }
  return bits;
}

}  // namespace

AddressMapTwin::AddressMapTwin(const std::string& mapping, const Ddr3Geometry& geometry)
    : geometry_(geometry) {
  std::map<std::string, unsigned> left = {{"ra", bits_of(geometry.ranks)},
                                          {"ro", bits_of(geometry.rows)},
                                          {"ba", bits_of(geometry.banks)},
                                          {"co", bits_of(geometry.columns)}};
  std::vector<std::size_t> without_number;
  std::istringstream text(mapping);
  for (std::string token; std::getline(text, token, ':');) {
    if (token == "ba^ro") {
      hashed_ = true;
      token = "ba";
    }
    Part part{token.substr(0, 2), 0};
    if (token.size() > 2) {
      part.bits = static_cast<unsigned>(std::stoul(token.substr(2)));
      left.at(part.field) -= part.bits;
    } else {
      without_number.push_back(parts_.size());
    }
    parts_.push_back(part);
  }
  if (mapping.find("ra") == std::string::npos) {
    parts_.insert(parts_.begin(), {"ra", std::exchange(left.at("ra"), 0U)});
    for (std::size_t& index : without_number) {
      ++index;
    }
  }
  // The words of a burst have the lowest three bits.
  const Part& lowest = parts_.back();
  const bool has_burst = lowest.field == "co" && (lowest.bits == 0 || lowest.bits >= 3);
  if (!has_burst) {
    left.at("co") -= 3;
    parts_.push_back({"co", 3});
  }
  for (const std::size_t index : without_number) {
    parts_[index].bits = std::exchange(left.at(parts_[index].field), 0U);
  }
  for (const auto& [field, bits] : left) {
    if (bits != 0) {
      throw std::invalid_argument(mapping + " has not all bits of " + field);
    }
  }
}

DramPlace AddressMapTwin::place(std::uint64_t address) const {
  // Of the 8 bytes of a word there is no field.
  std::uint64_t rest = address % geometry_.capacity_bytes() / 8;
  std::map<std::string, std::uint32_t> value;
  std::map<std::string, unsigned> width;
  for (auto part = parts_.rbegin(); part != parts_.rend(); ++part) {
    for (unsigned bit = 0; bit < part->bits; ++bit) {
      value[part->field] |= static_cast<std::uint32_t>(rest & 1) << width[part->field];
      ++width[part->field];
      rest >>= 1;
    }
  }
  if (hashed_) {
    value["ba"] ^= value["ro"] % geometry_.banks;
  }
  return {value["ra"], value["ba"], value["ro"], value["co"] / 8 * 8};
}

}  // namespace airnn::test

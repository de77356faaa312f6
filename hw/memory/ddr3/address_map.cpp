// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/address_map.h"

#include <optional>
#include <stdexcept>

#include "hw/common/ceil_log2.h"

namespace airnn {

namespace {

constexpr std::uint32_t kWordBits = 3;   // bytes of a 64-bit word
constexpr std::uint32_t kBurstBits = 3;  // words of a burst

std::vector<std::string> split(const std::string& mapping) {
  std::vector<std::string> items(1);
  for (const char c : mapping) {
    if (c == ':') {
      items.emplace_back();
    } else {
      items.back() += c;
    }
  }
  return items;
}

/// "co4" has four bits, "co" all that are left.
std::optional<std::uint32_t> width_in(const std::string& item, const std::string& digits) {
  if (digits.empty()) {
    return std::nullopt;
  }
  if (digits.find_first_not_of("0123456789") != std::string::npos || digits.size() > 2 ||
      std::stoul(digits) == 0) {
    throw std::invalid_argument("\"" + item +
                                "\" is no part of an address: expected ra, ro, ba, ba^ro or co, "
                                "each with or without a number of bits");
  }
  return static_cast<std::uint32_t>(std::stoul(digits));
}

}  // namespace

AddressMap::AddressMap(const std::string& mapping, const Ddr3Geometry& geometry) {
  static constexpr std::array<const char*, kFields> names = {"ra", "ro", "ba", "co"};
  const std::array<std::uint32_t, kFields> width = {
      ceil_log2(geometry.ranks), ceil_log2(geometry.rows), ceil_log2(geometry.banks),
      ceil_log2(geometry.columns)};
  std::array<std::uint32_t, kFields> left = width;
  std::array<bool, kFields> has_rest{};
  for (const std::string& item : split(mapping)) {
    std::string digits = item.size() < 2 ? "?" : item.substr(2);
    std::size_t field = 0;
    while (field < kFields && item.compare(0, 2, names[field]) != 0) {
      ++field;
    }
    if (field == bank && digits.compare(0, 3, "^ro") == 0) {
      bank_xor_ = geometry.banks - 1;
      digits.erase(0, 3);
    }
    const std::optional<std::uint32_t> bits = width_in(item, field == kFields ? "?" : digits);
    if (!bits.has_value() && has_rest[field]) {
      throw std::invalid_argument(std::string("two parts of ") + names[field] +
                                  " have no number of bits");
    }
    if (bits.value_or(0) > left[field]) {
      throw std::invalid_argument(std::string("the parts of ") + names[field] +
                                  " have more bits than the field, which has " +
                                  std::to_string(width[field]));
    }
    has_rest[field] = has_rest[field] || !bits.has_value();
    left[field] -= bits.value_or(0);
    parts_.push_back({static_cast<Field>(field), bits.value_or(0), 0, 0, 0});
  }
  if (left[rank] == width[rank] && !has_rest[rank]) {
    parts_.insert(parts_.begin(), {rank, width[rank], 0, 0, 0});
    left[rank] = 0;
  }
  // Whatever lies lowest, the words of a burst lie below it.
  if (parts_.back().field != column ||
      (parts_.back().bits > 0 && parts_.back().bits < kBurstBits)) {
    if (left[column] < kBurstBits) {
      throw std::invalid_argument(
          "no three bits of co are left for the words of a burst, which lie together at the end");
    }
    left[column] -= kBurstBits;
    parts_.push_back({column, kBurstBits, 0, 0, 0});
  }
  for (std::size_t field = 0; field < kFields; ++field) {
    if (left[field] > 0 && !has_rest[field]) {
      throw std::invalid_argument(std::to_string(left[field]) + " bits of " + names[field] +
                                  " are missing");
    }
  }
  std::uint32_t address_bit = kWordBits;
  std::array<std::uint32_t, kFields> field_bit{};
  for (auto part = parts_.rbegin(); part != parts_.rend(); ++part) {
    if (part->bits == 0) {
      part->bits = left[part->field];
    }
    part->field_bit = field_bit[part->field];
    part->address_bit = address_bit;
    part->mask = (std::uint64_t{1} << part->bits) - 1;
    field_bit[part->field] += part->bits;
    address_bit += part->bits;
  }
  if (parts_.back().bits < kBurstBits) {
    throw std::invalid_argument(
        "the lowest part of co has less than the 3 bits of the words of a burst");
  }
}

std::uint64_t AddressMap::address(const DramPlace& place) const {
  const std::array<std::uint32_t, kFields> values = {place.rank, place.row,
                                                     place.bank ^ (place.row & bank_xor_),
                                                     place.column & ~std::uint32_t{7}};
  std::uint64_t address = 0;
  for (const Part& part : parts_) {
    address |= (std::uint64_t{values[part.field]} >> part.field_bit & part.mask)
               << part.address_bit;
  }
  return address;
}

}  // namespace airnn

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace airnn {

/// Numbered places, each of which is in the set or not.
class PlaceSet {
 public:
  explicit PlaceSet(std::size_t places = 0) : words_((places + kBits - 1) / kBits, 0) {}

  void insert(std::size_t place) { words_[place / kBits] |= std::uint64_t{1} << (place % kBits); }
  bool contains(std::size_t place) const {
    return (words_[place / kBits] >> (place % kBits) & 1U) != 0;
  }
  /// `other` has as many places; so has that of the others.
  bool overlaps(const PlaceSet& other) const {
    for (std::size_t w = 0; w < words_.size(); ++w) {
      if ((words_[w] & other.words_[w]) != 0) {
        return true;
      }
    }
    return false;
  }
  void insert(const PlaceSet& other) {
    for (std::size_t w = 0; w < words_.size(); ++w) {
      words_[w] |= other.words_[w];
    }
  }
  /// One more in `owners` for each place of the set.
  void count_into(std::vector<std::uint32_t>& owners) const {
    for (std::size_t place = 0; place < owners.size(); ++place) {
      owners[place] += contains(place) ? 1U : 0U;
    }
  }

 private:
  static constexpr std::size_t kBits = 64;
  std::vector<std::uint64_t> words_;
};

}  // namespace airnn

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace airnn::test {

/// Alters bytes or text without knowing what they mean: flips, odd numbers, pieces that are cut,
/// doubled, moved or taken from another seed. For text also: lines moved, numbers and words
/// replaced by those of a list and of the seeds. The same generator state gives the same result.
class ByteMutator {
 public:
  explicit ByteMutator(std::uint64_t seed) : random_(seed) {}

  std::string mutate_bytes(std::string bytes, const std::vector<std::string>& seeds);
  std::string mutate_text(std::string text, const std::vector<std::string>& seeds);

  std::uint64_t below(std::uint64_t limit) { return random_() % limit; }

 private:
  void alter_bytes(std::string& bytes, const std::string& other);
  void alter_text(std::string& text, const std::string& other);
  void alter_piece(std::string& bytes, const std::string& other);
  std::string odd_word();

  std::mt19937_64 random_;
};

/// The bytes as a gzip file.
std::string gzipped(const std::string& bytes);

}  // namespace airnn::test

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "testbenches/support/image_parts.h"

namespace airnn::test {

/// Alters a good image as only somebody can who computes checksums: entries of the section table,
/// the header, fields of the network, entries of arrays, sections that are moved, doubled, dropped,
/// cut or lengthened. The same generator state gives the same file.
class ImageMutator {
 public:
  explicit ImageMutator(std::uint64_t seed) : random_(seed) {}

  /// The file, with right checksums and offsets.
  std::vector<std::uint8_t> mutate(ImageParts parts);

 private:
  std::uint64_t below(std::uint64_t limit) { return random_() % limit; }
  std::int64_t odd_number();
  std::int32_t near(std::int32_t value);
  std::size_t any_part(const ImageParts& parts) { return below(parts.parts.size()); }

  void mutate_header(ImageParts& parts);
  void mutate_entry(ImageParts& parts);
  void mutate_order(ImageParts& parts);
  void mutate_size(ImageParts& parts);
  void mutate_bytes(ImageParts& parts);
  void mutate_array(ImageParts& parts);
  void move_weights(ImageParts& parts);
  void mutate_tables(ImageParts& parts);
  void mutate_lines(ImageParts& parts);
  void mutate_network(ImageParts& parts);
  void mutate_layer(Network& network);
  void mutate_counts(Network& network);
  void mutate_raw(std::vector<std::uint8_t>& file);

  std::mt19937_64 random_;
};

}  // namespace airnn::test

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sw/format/memory_image.h"

namespace airnn::test {

/// One cluster (four arrays), one array of dense values, biases, directory or input bytes (values
/// only), or the tables of one layer (column, row, layer only; a word is a kernel), as a fetch
/// reads it.
struct FetchArrays {
  struct Part {
    std::uint64_t address = 0;
    std::uint64_t bytes = 0;
  };
  std::array<Part, 4> parts;  ///< value, column, row, layer
  std::uint64_t words = 0;
  std::uint64_t word_bytes = 0;  ///< of the value array
  std::uint64_t index_bytes = 0;
  std::uint64_t entry_bytes = 0;  ///< of row and layer entries
  std::uint64_t group_bytes = 0;  ///< tables: per kernel, in the place of the row array
  std::uint64_t block_bytes = 0;  ///< tables: per kernel, in the place of the layer array
  /// Weights of each line, whose bytes are `word_bytes` in the value array; none: words are values.
  std::vector<std::uint64_t> lines;
  bool has_columns = true;  ///< beats of lines have at most `lanes` words only where these come too
  std::vector<std::uint64_t> row_positions;
  std::vector<std::uint64_t> layer_positions;
  std::vector<std::uint32_t> layer_of_word;
};

/// What a fetch reads, and into how many words at most it cuts a beat.
struct FetchJob {
  std::vector<FetchArrays> arrays;
  std::uint64_t lanes = 16;
  std::uint64_t words() const;
};

/// The fetches of the Read Weight Controller (docs/timing.md, "A fetch"), straight from an image.
FetchJob directory_job(const MemoryImage& image);
FetchJob bias_job(const MemoryImage& image, std::uint64_t lanes);
FetchJob batch_job(const MemoryImage& image, int iteration, std::uint64_t lanes);
/// Without arrays if the iteration has no tables.
FetchJob tables_job(const MemoryImage& image, int iteration, std::uint64_t lanes);
FetchJob input_job(const MemoryImage& image, std::uint64_t address);

}  // namespace airnn::test

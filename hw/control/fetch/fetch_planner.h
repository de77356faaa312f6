// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "hw/control/assembly/assemblers.h"
#include "hw/control/assembly/batch_content.h"
#include "sw/format/memory_image.h"

namespace airnn {

/// Where everything lies, as the section table says: what each fetch of the Read Weight Controller
/// reads.
class FetchPlanner {
 public:
  /// Keeps references to the image's network only, and to the assemblers of the table. Throws
  /// ImageError if the table has none for the image's weights.
  FetchPlanner(const MemoryImage& image, unsigned lanes,
               const Assemblers& assemblers = built_in_assemblers());

  /// Header and section table.
  BatchContent directory() const;
  /// Biases of all layers.
  BatchContent biases() const;
  /// Batch `iteration`, counted from 1.
  BatchContent batch(int iteration) const;
  /// Interleave tables of an iteration; no bursts if there are none.
  BatchContent tables(int iteration) const;
  /// An input map of the network at `address`.
  BatchContent input_map(std::uint64_t address) const;

  int iterations() const { return info_.iterations; }

 private:
  FetchBytes sections_of(ArrayPart part, int iteration) const;
  FetchBytes bytes_at(std::uint64_t address, std::uint64_t bytes) const;

  const Network& network_;
  ImageInfo info_;
  std::vector<Section> sections_;
  unsigned lanes_;
  const Assembler& weights_;
};

}  // namespace airnn

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sw/format/memory_image.h"

namespace airnn {

/// A network that uses every kind of layer once: 1x6x6 -> convolution with max pooling -> depthwise
/// -> addition of both -> average pooling -> fully connected, 3 classes. Counts are those of the
/// scheme.
Network sample_network(Scheme scheme = Scheme::iterative);

/// Two iterations of two clusters (the last has one) with weights in three layers.
std::vector<CrsCluster> sample_clusters();

/// An image of the sample network for a scheme; `value_bytes` is the precision of the weights.
std::vector<std::uint8_t> sample_image(Scheme scheme, int value_bytes = 4);
/// The same with weights as numbers of bins: a centre for each weight that there is, and zero. Four
/// rows of associative memory for each layer, if asked for, the last of them empty.
std::vector<std::uint8_t> binned_sample(Scheme scheme, int weight_bytes = 4, bool has_rows = false);

/// Why the bytes are refused; "<accepted>" if they are not.
std::string refusal_of_image(const std::vector<std::uint8_t>& bytes);

/// Makes header, table and section checksums fit the bytes again: damage that only a check of the
/// content can find. Sections must lie inside the file.
void renew_checksums(std::vector<std::uint8_t>& bytes);

/// Offsets in the file (docs/memory_image.md).
inline constexpr std::size_t kHeaderSize = 64;
inline constexpr std::size_t kTableEntrySize = 32;
std::size_t section_count(const std::vector<std::uint8_t>& bytes);
std::uint8_t* table_entry(std::vector<std::uint8_t>& bytes, std::size_t index);

}  // namespace airnn

// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/decode/burst_map.h"

#include <algorithm>
#include <optional>

namespace airnn {

namespace {

BurstMap::Burst burst_of(const Section& section, const WeightDecoder& decoder) {
  const std::uint32_t iteration = section.iteration;
  switch (section.kind) {
    case SectionKind::network:
      return {kUnreadSections, FetchStream::value};
    case SectionKind::bias:
    case SectionKind::codebook:
    case SectionKind::match_row:
      return {kBiasFetch, FetchStream::value};
    case SectionKind::kernel_index:
      return {table_fetch(iteration), FetchStream::column};
    case SectionKind::group_index:
      return {table_fetch(iteration), FetchStream::row};
    case SectionKind::kernel_block:
      return {table_fetch(iteration), FetchStream::layer};
    default:
      break;
  }
  const std::optional<FetchStream> stream = decoder.stream_of(section.kind);
  // A matrix is of no iteration; the first fetches it.
  return stream ? BurstMap::Burst{batch_fetch(std::max(iteration, 1U)), *stream}
                : BurstMap::Burst{kUnreadSections, FetchStream::value};
}

}  // namespace

std::string name_of_fetch(FetchId fetch) {
  switch (fetch) {
    case kDirectoryFetch:
      return "header and section table";
    case kBiasFetch:
      return "the biases";
    case kInputFetch:
      return "the input map";
    default:
      return std::string(fetch % 2 == 0 ? "batch " : "the tables of iteration ") +
             std::to_string(fetch / 2 - 2);
  }
}

BurstMap::BurstMap(const MemoryImage& image, const WeightDecoder& decoder)
    : bursts_((image.bytes().size + kBurstBytes - 1) / kBurstBytes),
      totals_(table_fetch(static_cast<std::uint32_t>(image.info().iterations)) + 1) {
  add({kDirectoryFetch, FetchStream::value}, 0, image.sections().front().offset);
  for (const Section& section : image.sections()) {
    add(burst_of(section, decoder), section.offset, section.bytes);
  }
}

void BurstMap::add(const Burst& burst, std::uint64_t address, std::uint64_t bytes) {
  for (std::uint64_t at = 0; at < bytes; at += kBurstBytes) {
    bursts_[(address + at) / kBurstBytes] = burst;
    ++totals_[burst.fetch];
  }
}

}  // namespace airnn

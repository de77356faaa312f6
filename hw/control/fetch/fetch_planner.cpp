// SPDX-License-Identifier: Apache-2.0
#include "hw/control/fetch/fetch_planner.h"

#include <algorithm>
#include <utility>

namespace airnn {

namespace {

/// The sections of one iteration (0: of none); iterations ascend in the order of sections.
std::pair<std::vector<Section>::const_iterator, std::vector<Section>::const_iterator> part_of(
    const std::vector<Section>& sections, int iteration) {
  const auto begin = std::partition_point(
      sections.begin(), sections.end(),
      [iteration](const Section& section) { return section.iteration < iteration; });
  const auto end = std::partition_point(begin, sections.end(), [iteration](const Section& section) {
    return section.iteration == iteration;
  });
  return {begin, end};
}

}  // namespace

FetchPlanner::FetchPlanner(const MemoryImage& image, unsigned lanes, const Assemblers& assemblers)
    : network_(image.network()),
      info_(image.info()),
      sections_(image.sections()),
      lanes_(lanes),
      weights_(find_assembler(assemblers, image.encoding())) {}

/// What one iteration (0: none) reads of one part, in the order of the sections, each array by its
/// stream; and the layers of ranges, where they are of layers.
FetchBytes FetchPlanner::sections_of(ArrayPart part, int iteration) const {
  FetchPlan plan;
  std::vector<std::uint32_t> layers;
  const auto [begin, end] = part_of(sections_, iteration);
  for (auto section = begin; section != end; ++section) {
    if (section->array->part != part) {
      continue;
    }
    plan.streams[static_cast<std::size_t>(section->array->stream)].push_back(
        {section->offset, section->bytes, section->kind});
    const bool is_next_range =
        part == ArrayPart::boot || layers.empty() || layers.back() != section->layer;
    if (is_of_layer(part) && is_next_range) {
      layers.push_back(section->layer);
    }
  }
  return {plan, std::move(layers), info_.widths, lanes_, network_};
}

/// One range of the value stream.
FetchBytes FetchPlanner::bytes_at(std::uint64_t address, std::uint64_t bytes) const {
  FetchPlan plan;
  plan.streams[static_cast<std::size_t>(FetchStream::value)].push_back(
      {address, bytes, SectionKind::network});
  return {plan, {}, info_.widths, lanes_, network_};
}

BatchContent FetchPlanner::directory() const {
  // The first section lies right behind the table.
  return {directory_assembler(), bytes_at(0, sections_.front().offset)};
}

BatchContent FetchPlanner::biases() const {
  return {bias_assembler(), sections_of(ArrayPart::boot, 0)};
}

BatchContent FetchPlanner::batch(int iteration) const {
  const ArrayPart part = info_.weights();
  return {weights_, sections_of(part, is_of_iteration(part) ? iteration : 0)};
}

BatchContent FetchPlanner::tables(int iteration) const {
  return {tables_assembler(), sections_of(ArrayPart::tables, iteration)};
}

BatchContent FetchPlanner::input_map(std::uint64_t address) const {
  const auto elements = static_cast<std::uint64_t>(network_.input.size());
  return {input_map_assembler(), bytes_at(address, elements * kInputElementBytes)};
}

}  // namespace airnn

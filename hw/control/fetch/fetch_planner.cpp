// SPDX-License-Identifier: Apache-2.0
#include "hw/control/fetch/fetch_planner.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace airnn {

namespace {

FetchRange range_of(const Section& section) {
  return {section.offset, section.bytes};
}

struct StreamOfKind {
  SectionKind kind;
  FetchStream stream;
};

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

/// What one iteration (0: none) reads of these kinds, in the order of the sections.
FetchPlan plan_of(const std::vector<Section>& sections, int iteration,
                  std::initializer_list<StreamOfKind> kinds) {
  FetchPlan plan;
  const auto [begin, end] = part_of(sections, iteration);
  for (auto section = begin; section != end; ++section) {
    for (const auto& [kind, stream] : kinds) {
      if (section->kind == kind) {
        plan.streams[static_cast<std::size_t>(stream)].push_back(range_of(*section));
      }
    }
  }
  return plan;
}

/// The layers of the sections of one kind, in their order.
std::vector<std::uint32_t> layers_of(const std::vector<Section>& sections, int iteration,
                                     SectionKind kind) {
  std::vector<std::uint32_t> layers;
  const auto [begin, end] = part_of(sections, iteration);
  for (auto section = begin; section != end; ++section) {
    if (section->kind == kind) {
      layers.push_back(section->layer);
    }
  }
  return layers;
}

}  // namespace

FetchPlanner::FetchPlanner(const MemoryImage& image, unsigned lanes)
    : network_(image.network()), info_(image.info()), sections_(image.sections()), lanes_(lanes) {}

BatchContent FetchPlanner::directory() const {
  FetchPlan plan;
  // The first section lies right behind the table.
  plan.streams[0].push_back({0, sections_.front().offset});
  return {BatchKind::directory, plan, {}, info_.widths, lanes_, network_};
}

BatchContent FetchPlanner::biases() const {
  return {BatchKind::biases,
          plan_of(sections_, 0, {{SectionKind::bias, FetchStream::value}}),
          layers_of(sections_, 0, SectionKind::bias),
          info_.widths,
          lanes_,
          network_};
}

BatchContent FetchPlanner::batch(int iteration) const {
  if (info_.scheme == Scheme::base) {
    return {BatchKind::dense,
            plan_of(sections_, 0, {{SectionKind::dense_value, FetchStream::value}}),
            layers_of(sections_, 0, SectionKind::dense_value),
            info_.widths,
            lanes_,
            network_};
  }
  const FetchPlan plan = plan_of(sections_, iteration,
                                 {{SectionKind::value, FetchStream::value},
                                  {SectionKind::column, FetchStream::column},
                                  {SectionKind::row, FetchStream::row},
                                  {SectionKind::layer, FetchStream::layer}});
  return {BatchKind::clusters, plan, {}, info_.widths, lanes_, network_};
}

BatchContent FetchPlanner::tables(int iteration) const {
  const FetchPlan plan = plan_of(sections_, iteration,
                                 {{SectionKind::kernel_index, FetchStream::column},
                                  {SectionKind::group_index, FetchStream::row},
                                  {SectionKind::kernel_block, FetchStream::layer}});
  return {BatchKind::tables, plan,   layers_of(sections_, iteration, SectionKind::kernel_index),
          info_.widths,      lanes_, network_};
}

BatchContent FetchPlanner::input_map(std::uint64_t address) const {
  FetchPlan plan;
  plan.streams[0].push_back({address, static_cast<std::uint64_t>(network_.input.size()) * 4});
  return {BatchKind::input_map, plan, {}, info_.widths, lanes_, network_};
}

}  // namespace airnn

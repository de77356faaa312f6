// SPDX-License-Identifier: Apache-2.0
#include "hw/control/fetch_planner.h"

namespace airnn {

namespace {

FetchRange range_of(const Section& section) {
  return {section.offset, section.bytes};
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
  FetchPlan plan;
  std::vector<std::uint32_t> layers;
  for (const Section& section : sections_) {
    if (section.kind == SectionKind::bias) {
      plan.streams[0].push_back(range_of(section));
      layers.push_back(section.layer);
    }
  }
  return {BatchKind::biases, plan, layers, info_.widths, lanes_, network_};
}

BatchContent FetchPlanner::batch(int iteration) const {
  FetchPlan plan;
  std::vector<std::uint32_t> layers;
  if (info_.scheme == Scheme::base) {
    for (const Section& section : sections_) {
      if (section.kind == SectionKind::dense_value) {
        plan.streams[0].push_back(range_of(section));
        layers.push_back(section.layer);
      }
    }
    return {BatchKind::dense, plan, layers, info_.widths, lanes_, network_};
  }
  for (const Section& section : sections_) {
    if (section.iteration != iteration) {
      continue;
    }
    switch (section.kind) {
      case SectionKind::value:
        plan.streams[0].push_back(range_of(section));
        break;
      case SectionKind::column:
        plan.streams[1].push_back(range_of(section));
        break;
      case SectionKind::row:
        plan.streams[2].push_back(range_of(section));
        break;
      case SectionKind::layer:
        plan.streams[3].push_back(range_of(section));
        break;
      default:
        break;
    }
  }
  return {BatchKind::clusters, plan, {}, info_.widths, lanes_, network_};
}

BatchContent FetchPlanner::tables(int iteration) const {
  FetchPlan plan;
  std::vector<std::uint32_t> layers;
  for (const Section& section : sections_) {
    if (section.iteration != iteration) {
      continue;
    }
    switch (section.kind) {
      case SectionKind::kernel_index:
        plan.streams[1].push_back(range_of(section));
        layers.push_back(section.layer);
        break;
      case SectionKind::group_index:
        plan.streams[2].push_back(range_of(section));
        break;
      case SectionKind::kernel_block:
        plan.streams[3].push_back(range_of(section));
        break;
      default:
        break;
    }
  }
  return {BatchKind::tables, plan, layers, info_.widths, lanes_, network_};
}

BatchContent FetchPlanner::input_map(std::uint64_t address) const {
  FetchPlan plan;
  plan.streams[0].push_back({address, static_cast<std::uint64_t>(network_.input.size()) * 4});
  return {BatchKind::input_map, plan, {}, info_.widths, lanes_, network_};
}

}  // namespace airnn

// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/associative/associative_engine.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "hw/compute/associative/associative_pins.h"
#include "hw/compute/associative/bin_products.h"
#include "hw/compute/associative/hit_counts.h"
#include "sw/results/product_store.h"

namespace airnn {

namespace {

std::unique_ptr<AssociativeSums> sums_of(const EngineParams& params, AssociativeSums*& kept) {
  auto sums = std::make_unique<AssociativeSums>(params.layer, *params.product);
  kept = sums.get();
  return sums;
}

/// That a kernel's weight meets at a position; 0 beyond the map.
std::int32_t pixel_at(const Layer& layer, const std::int32_t* map, std::uint32_t kernel,
                      std::uint32_t column, std::int64_t position) {
  if (layer.kind == LayerKind::fully_connected) {
    return map[column];
  }
  const Window& window = layer.window;
  const std::int64_t group = kernel / static_cast<std::uint32_t>(layer.kernels / layer.groups);
  const std::int64_t channel = group * (layer.input.channels / layer.groups) +
                               static_cast<std::int64_t>(column) / window.area();
  const std::int64_t place = static_cast<std::int64_t>(column) % window.area();
  const std::int64_t y =
      position / layer.result.width * window.stride_h + place / window.kernel_w - window.pad_top;
  const std::int64_t x =
      position % layer.result.width * window.stride_w + place % window.kernel_w - window.pad_left;
  return y < 0 || y >= layer.input.height || x < 0 || x >= layer.input.width
             ? 0
             : map[(channel * layer.input.height + y) * layer.input.width + x];
}

}  // namespace

AssociativeEngine::AssociativeEngine(const EngineParams& params)
    : params_(params),
      mac_(params),
      sums_(nullptr),
      arithmetic_(params.layer, params.input_format, params.skip_format, sums_of(params_, sums_)) {}

LayerRun AssociativeEngine::schedule(const LayerOperands& operands, const OperandTimes& times,
                                     std::vector<IssueRun>* issues) const {
  LayerRun run = mac_.schedule(operands, times, issues);
  if (has_rows()) {
    ++run.finish;
    for (Cycle& row : run.row_ready) {
      ++row;
    }
  }
  return run;
}

LayerOutput AssociativeEngine::values(const LayerOperands& operands) {
  if (!has_rows()) {
    return mac_.values(operands);
  }
  sums_->set_table(*operands.rows);
  const std::vector<std::int32_t>& map =
      arithmetic_.compute(operands.kernels, operands.map, operands.skip);
  return {&map, arithmetic_.saturated()};
}

LayerWork AssociativeEngine::work(const LayerOperands& operands, const LayerRun& run) const {
  LayerWork work = mac_.work(operands, run);
  if (!has_rows()) {
    return work;
  }
  const MatchTable& table = *operands.rows;
  const HitCounts found = count_hits(
      params_.layer, table, operands.kernels->binned(params_.layer, table.bins()), operands.map);
  const std::uint64_t key_bits = search_key_bits(params_.input_format, params_.layer.bins);
  work.zero_products = found.zeros;
  work.searches = found.searches;
  work.hits = found.hits;
  work.counts[Action::zero_product] = found.zeros;
  work.counts[Action::cam_search] = found.searches;
  work.counts[Action::cam_search_bit] = found.searches * table.rows().size() * key_bits;
  work.counts[Action::cam_hit] = found.hits;
  work.counts[{Action::product_read, product_store(params_.layer).price_class()}] = found.hits;
  work.counts[{Action::multiplication, params_.product->price_class()}] -= found.zeros + found.hits;
  return work;
}

/// Weights and positions at equal distances, over the whole run.
std::vector<RowSearch> AssociativeEngine::searches(const LayerOperands& operands,
                                                   std::size_t most) const {
  std::vector<RowSearch> found;
  if (!has_rows() || operands.kernels->weights() == 0) {
    return found;
  }
  const Layer& layer = params_.layer;
  const SparseKernels& kernels = *operands.kernels;
  const auto positions = static_cast<std::uint64_t>(layer.result.height) *
                         static_cast<std::uint64_t>(layer.result.width);
  const std::uint64_t all = kernels.weights() * positions;
  const std::uint64_t step = std::max<std::uint64_t>(1, all / most);
  std::uint32_t kernel = 0;
  std::uint64_t before = 0;  // weights of the kernels before
  for (std::uint64_t at = 0; at < all && found.size() < most; at += step) {
    const std::uint64_t weight = at / positions;
    while (weight - before >= kernels.count(kernel)) {
      before += kernels.count(kernel++);
    }
    const KernelWeight& one = kernels.begin(kernel)[weight - before];
    RowSearch search;
    search.bin = kernels.bins(kernel)[weight - before];
    search.pixel = pixel_at(layer, operands.map, kernel, one.column,
                            static_cast<std::int64_t>(at % positions));
    search.row = search.pixel == 0 ? kNoMatch : operands.rows->find(search.bin, search.pixel);
    search.product = associative_product(*operands.rows, search.bin, one.value, search.pixel);
    found.push_back(search);
  }
  return found;
}

std::unique_ptr<EnginePins> AssociativeEngine::pins() const {
  return has_rows() && params_.layer.kind == LayerKind::convolution
             ? std::make_unique<AssociativePins>(params_)
             : mac_.pins();
}

}  // namespace airnn

// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/associative/associative_engine.h"

#include <memory>
#include <utility>

#include "hw/compute/associative/hit_counts.h"
#include "sw/results/product_store.h"

namespace airnn {

namespace {

std::unique_ptr<AssociativeSums> sums_of(const EngineParams& params, AssociativeSums*& kept) {
  auto sums = std::make_unique<AssociativeSums>(params.layer, *params.product);
  kept = sums.get();
  return sums;
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

std::unique_ptr<EnginePins> AssociativeEngine::pins() const {
  return mac_.pins();
}

}  // namespace airnn

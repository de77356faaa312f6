// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "hw/common/activity.h"
#include "hw/common/beats.h"
#include "hw/common/clock_domain.h"
#include "hw/common/cycle_timer.h"
#include "hw/common/probe.h"
#include "hw/common/replay.h"
#include "hw/common/stream.h"
#include "hw/compute/associative/match_table.h"
#include "hw/compute/buffer/weight_buffer.h"
#include "hw/compute/compute_events.h"
#include "hw/compute/decompressor/decompressor.h"
#include "hw/compute/engine_params.h"
#include "hw/compute/layer_engine.h"
#include "hw/compute/shared_array.h"

namespace airnn {

struct LayerUnitParams {
  std::uint32_t index = 0;
  EngineParams compute;
  bool delivers_rows = false;  ///< consumers may start with the first row (never the score)
  /// The multipliers, if other layers use them, too; null: the layer's own. It must outlive the
  /// unit.
  SharedArray* array = nullptr;
  /// Of a layer whose weights are lines.
  std::optional<DecompressorParams> decompressor;
};

/// One layer of the accelerator: ports, weight buffer and hand-off; its engine is compute unit,
/// activation, pooling and output buffer (paper, V-A and V-B). It starts when its input map is
/// there and all its consumers have a free input buffer.
class LayerUnit final : public sc_core::sc_module {
  const LayerUnitParams params_;
  const ClockDomain& clock_;

 public:
  StreamIn<ControlMessage> in_control{"in_control", clock_};
  sc_core::sc_vector<StreamIn<PlacedWeights>> in_weights{
      "in_weights"};  ///< one, or none without weights
  StreamIn<FeatureMap> in_map{"in_map", clock_};
  sc_core::sc_vector<StreamIn<FeatureMap>> in_skip{
      "in_skip"};  ///< one, or none without second operand
  sc_core::sc_vector<StreamOut<FeatureMap>> out_maps{"out_maps"};

  Probe<BufferReset> on_reset;
  Probe<GroupsIssued> on_groups;  ///< policies with blocks only
  Probe<LayerStarted> on_start;
  Probe<LayerDone> on_done;
  Probe<LayerValues> on_values;
  Probe<RowsSearched> on_searches;   ///< with an associative memory only
  Probe<LinesExpanded> on_expanded;  ///< with a decompressor only
  Probe<CyclesSpent> on_cycles;
  Probe<CyclesSpent> on_decompressor_cycles;  ///< likewise

  LayerUnit(const sc_core::sc_module_name& name, const LayerUnitParams& params,
            const ClockDomain& clock, unsigned consumers, std::unique_ptr<LayerEngine> engine);

  /// Of the associative memory beside the multipliers; null if there is none, or not yet.
  const std::shared_ptr<const MatchTable>& rows() const { return rows_; }
  const LayerEngine& engine() const { return *engine_; }
  /// Weights in the buffer since the last reset.
  std::uint64_t weights_placed() const { return weights_.weights(); }
  bool has_decompressor() const { return decompressor_.has_value(); }

 private:
  void place();
  void take(PlacedWeights words);
  void expand();
  void obey();
  void compute();
  Cycle place_train(const ItemTrain<PlacedWeights>& train);
  PlacedWeights joined(const ItemTrain<PlacedWeights>& train) const;
  static const Cycle* readable_rows(const FeatureMap& map, std::vector<Cycle>& late);
  bool has_credit();
  bool has_maps() const;
  bool is_ready();
  void check_groups();
  LayerOperands operands(const FeatureMap& map, const FeatureMap* skip);
  void tell_start(const LayerRun& run, const std::vector<IssueRun>& issues, const FeatureMap& map,
                  const LayerOperands& operands);
  void tell_cycles(const LayerRun& run);
  void tell(const LayerRun& run, const FeatureMap& map, const LayerOperands& operands,
            const LayerOutput& output);

  void read_rows();
  void tell_searches(const LayerDone& done, const LayerOperands& operands);

  WeightBuffer weights_;
  Replay<KeptTrain<PlacedWeights>, PlacedWeights> joined_{"words of weight trains", kMostContents};
  std::optional<Decompressor> decompressor_;
  std::shared_ptr<const MatchTable> rows_;
  std::uint64_t rows_version_ = 0;   ///< of the buffer's tables
  std::vector<MatchRow> held_rows_;  ///< as the probe tells them
  std::unique_ptr<LayerEngine> engine_;
  const KernelGroups* groups_ = nullptr;  ///< of the present iteration; null: one kernel per slot
  ContentId groups_content_ = 0;
  /// What was made of a table, and the weights for which it was found to be right.
  struct KnownGroups {
    KernelGroups groups;
    std::shared_ptr<const SparseKernels> checked;
    std::vector<BlockFlags> flags;
  };
  Replay<ContentId, KnownGroups> known_groups_{"groups of a layer", kMostContents};
  const KnownGroups* checked_groups_ = nullptr;  ///< of the last run with groups
  std::vector<Cycle> row_ready_;
  std::vector<Cycle> map_rows_;  ///< of a map that a link makes late
  std::vector<Cycle> skip_rows_;
  Cycle configured_ = kNever;  ///< since when the unit waits for its map
  Cycle blocked_since_ = kNever;
  Cycle free_from_ = 0;  ///< the pipeline of the run before is empty
  CycleTimer timer_{"timer", clock_};
};

}  // namespace airnn

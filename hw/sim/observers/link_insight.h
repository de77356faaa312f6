// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hw/common/cycle.h"
#include "hw/link/link_model.h"
#include "hw/sim/observers/observer.h"
#include "hw/wave/wave_source.h"
#include "hw/wave/wave_tree.h"

namespace airnn {

class Timeline;
struct SimulationOptions;

/// What can be seen inside of a machine's link: rules that it keeps, rows of a timeline, signals of
/// a waveform. Each kind of link that shows anything has one.
class LinkInsight {
 public:
  virtual ~LinkInsight() = default;

  /// Who checks its rules, and reports as the options want it; null: it has none.
  virtual std::unique_ptr<Observer> monitor(const SimulationOptions& options) = 0;
  /// Adds its rows to a timeline; before others listen to the machine.
  virtual void show(Timeline& timeline, const ObservedRun& run) = 0;
  /// Declares its signals below `scope`. Of a source only what connect() was called for is told.
  virtual std::vector<std::unique_ptr<WaveSource>> declare(WaveTree& tree,
                                                           const std::string& scope) = 0;
  /// The source, one of those declared, is to be told what happens, unless `is_over`.
  virtual void connect(WaveSource& source, const std::function<bool()>& is_over) = 0;
  /// What happened before this cycle has been told.
  virtual void catch_up(Cycle cycle) = 0;
};

/// Null: the link is of another kind.
using LinkInsightOf = std::unique_ptr<LinkInsight> (*)(Link& link);
using LinkInsights = std::vector<LinkInsightOf>;

/// Those of all links of the project that show anything.
const LinkInsights& built_in_insights();

/// The first that a row has; null: nothing can be seen. The link must outlive it.
std::unique_ptr<LinkInsight> insight_into(Link& link, const LinkInsights& insights);

}  // namespace airnn

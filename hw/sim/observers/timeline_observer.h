// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "hw/observe/decompressor_rows.h"
#include "hw/observe/timeline.h"
#include "hw/sim/observers/link_insight.h"
#include "hw/sim/observers/observer.h"

namespace airnn {

/// Writes a file of trace events (docs/timeline.md).
class TimelineObserver final : public Observer {
 public:
  /// `link` null: there is nothing to be seen inside of it. It must outlive the observer.
  TimelineObserver(std::string path, LinkInsight* link);

  void attach(const ObservedRun& run) override;
  void commit() override;

 private:
  void attach_decompressors(const ObservedRun& run);

  std::string path_;
  LinkInsight* link_;
  std::unique_ptr<DecompressorRows> decompressors_;  ///< null: no layer's weights are lines
  std::unique_ptr<Timeline> timeline_;
};

}  // namespace airnn

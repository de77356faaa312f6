// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "hw/sim/observers/link_insight.h"
#include "hw/sim/observers/observer.h"
#include "hw/sim/wave_attachment.h"

namespace airnn {

/// Writes a waveform. However the run ends, the file goes up to there.
class WaveObserver final : public Observer {
 public:
  /// `link` null: there is nothing to be seen inside of it. It must outlive the observer.
  WaveObserver(const WaveOptions& options, LinkInsight* link);

  void attach(const ObservedRun& run) override;
  void complete() override;
  void close() override;

 private:
  const WaveOptions options_;
  LinkInsight* link_;
  std::unique_ptr<WaveAttachment> wave_;
};

}  // namespace airnn

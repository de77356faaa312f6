// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "hw/sim/observers/observer.h"
#include "hw/sim/wave_attachment.h"

namespace airnn {

/// Writes a waveform. However the run ends, the file goes up to there.
class WaveObserver final : public Observer {
 public:
  explicit WaveObserver(const WaveOptions& options);

  void attach(const ObservedRun& run) override;
  void close() override;

 private:
  const WaveOptions options_;
  std::unique_ptr<WaveAttachment> wave_;
};

}  // namespace airnn

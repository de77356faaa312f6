// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "hw/observe/timeline.h"
#include "hw/sim/observers/observer.h"

namespace airnn {

/// Writes a file of trace events (docs/timeline.md).
class TimelineObserver final : public Observer {
 public:
  explicit TimelineObserver(std::string path);

  void attach(const ObservedRun& run) override;
  void commit() override;

 private:
  std::string path_;
  std::unique_ptr<Timeline> timeline_;
};

}  // namespace airnn

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>

#include "hw/observe/dram/dram_account.h"
#include "hw/observe/run_recorder.h"
#include "hw/sim/observers/observer.h"

namespace airnn {

/// Accounts for the commands of a memory that has them, by states of the Read Weight Controller. To
/// be attached before the record is, as what a state did is told before the next is entered.
class DramObserver final : public Observer {
 public:
  using OnCommand = std::function<void(const CommandIssued&)>;

  /// The recorder must outlive the observer. `on_command` is told of every command; may be empty.
  DramObserver(RunRecorder& recorder, OnCommand on_command);

  void attach(const ObservedRun& run) override;

 private:
  RunRecorder& recorder_;
  OnCommand on_command_;
  std::unique_ptr<DramAccount> account_;
};

}  // namespace airnn

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/link/link_model.h"
#include "hw/observe/run_recorder.h"
#include "hw/sim/observers/observer.h"

namespace airnn {

/// Records what the machine's link did, by states of the Read Weight Controller. To be attached
/// before the record is, as what a state did is told before the next is entered.
class LinkObserver final : public Observer {
 public:
  /// Both must outlive the observer.
  LinkObserver(Link& link, RunRecorder& recorder) : link_(link), recorder_(recorder) {}

  void attach(const ObservedRun& run) override;

 private:
  Link& link_;
  RunRecorder& recorder_;
};

}  // namespace airnn

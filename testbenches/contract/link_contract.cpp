// SPDX-License-Identifier: Apache-2.0
#include "testbenches/contract/link_contract.h"

#include <initializer_list>

namespace airnn::test {

LinkContract::LinkContract(const ClockDomain& clock, WiringStage* stage) : clock_(clock) {
  if (stage != nullptr) {
    wiring_.add(*stage);
  }
  wiring_.connect(single_source_.out, single_sink_.in, {});
  wiring_.connect(train_source_.out, train_sink_.in, {});
  wiring_.connect(map_source_.out, map_sink_.in, {});
  // Every cycle for a while, then gaps.
  for (const Cycle ready : std::initializer_list<Cycle>{3, 4, 5, 6, 7, 8, 9, 10, 14, 15, 30}) {
    items_.push_back({ready, {100 + items_.size()}});
  }
}

void LinkContract::drive() {
  row_ready_ = {kLatency, kLatency + 9};
  map_source_.send({nullptr, row_ready_.data(), 2, 1, 1, 1, 0}, 0);
  for (const Timed<BatchPlaced>& item : items_) {
    single_source_.send(item.item, item.cycle - kLatency);
  }
  if (train_source_.out.takes_trains()) {
    train_idle_ = train_source_.out.push_all(std::make_shared<const Train<BatchPlaced>>(items_));
  }
  while (!single_source_.done() || !single_source_.out.idle()) {
    sc_core::wait(clock_.until(clock_.now() + 1));
  }
  singles_idle_ = clock_.now();
}

std::vector<std::string> LinkContract::broken() const {
  std::vector<std::string> broken;
  check_singles(broken);
  check_train(broken);
  check_map(broken);
  return broken;
}

void LinkContract::check_singles(std::vector<std::string>& broken) const {
  const auto& got = single_sink_.received();
  const auto& sent = single_source_.sent();
  if (got.size() != items_.size() || sent.size() != items_.size()) {
    broken.push_back("items are lost or repeated");
    return;
  }
  for (std::size_t i = 0; i < got.size(); ++i) {
    if (got[i].item.words != items_[i].item.words) {
      broken.push_back("items change or overtake");
    }
    if (got[i].arrived < sent[i].cycle + kLatency) {
      broken.push_back("an item arrives before it is ready");
    }
    if (i > 0 && got[i].arrived <= got[i - 1].arrived) {
      broken.push_back("two items arrive in one cycle, or in another order");
    }
  }
}

void LinkContract::check_train(std::vector<std::string>& broken) const {
  if (train_sink_.received().empty()) {
    return;  // a link may refuse trains
  }
  if (train_sink_.received().size() != items_.size()) {
    broken.push_back("items of a train are lost or repeated");
    return;
  }
  for (std::size_t i = 0; i < items_.size() && i < single_sink_.received().size(); ++i) {
    if (train_sink_.received()[i].arrived != single_sink_.received()[i].arrived) {
      broken.push_back("an item of a train arrives in another cycle than a single one");
      break;
    }
  }
  if (train_idle_ != singles_idle_) {
    broken.push_back("the credits of a train are back in another cycle than those of single items");
  }
}

void LinkContract::check_map(std::vector<std::string>& broken) const {
  if (map_sink_.received().size() != 1) {
    broken.push_back("a map is lost or repeated");
    return;
  }
  const auto& map = map_sink_.received().front();
  const Cycle late = map.arrived - kLatency;
  if (map.item.readable(0) != row_ready_[0] + late ||
      map.item.readable(1) != row_ready_[1] + late) {
    broken.push_back("the rows of a map are not as late as the map");
  }
}

}  // namespace airnn::test

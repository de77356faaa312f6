// SPDX-License-Identifier: Apache-2.0
#include "hw/link/noc/mesh_replay.h"

#include <algorithm>
#include <utility>

namespace airnn {

MeshReplay::MeshReplay(const MeshParams& params, MeshReceiver& receiver, MeshListener& listener,
                       ReplayMode mode, std::size_t most_sends)
    : receiver_(receiver),
      listener_(listener),
      mode_(mode),
      most_sends_(most_sends),
      link_cycles_(params.link_cycles),
      transport_(params, *this, *this),
      packets_(1),
      recording_(remembers()) {}

void MeshReplay::send(std::size_t channel, Cycle cycle, const std::vector<unsigned>& packets) {
  const auto next = static_cast<std::uint32_t>(packets_.size());
  const auto [number, is_new] = numbers_.try_emplace(packets, next);
  if (is_new) {
    packets_.push_back(packets);
  }
  queue({cycle - base_, static_cast<std::uint32_t>(channel), number->second});
}

void MeshReplay::send_credit(std::size_t channel, Cycle cycle) {
  queue({cycle - base_, static_cast<std::uint32_t>(channel), 0});
}

void MeshReplay::queue(const MeshSend& send) {
  auto place = pending_.end();
  while (place != pending_.begin() && send.is_before(*(place - 1))) {
    --place;
  }
  pending_.insert(place, send);
}

void MeshReplay::run_until(Cycle limit) {
  if (!moving_) {
    follow_until(limit);
  }
  if (moving_) {
    move_until(limit);
  }
  now_ = std::max(now_, limit);
}

void MeshReplay::move_until(Cycle limit) {
  auto sent = pending_.begin();
  for (; sent != pending_.end() && base_ + sent->cycle < limit; ++sent) {
    if (sent->is_item()) {
      transport_.send(sent->channel, base_ + sent->cycle, packets_[sent->packets]);
    } else {
      transport_.send_credit(sent->channel, base_ + sent->cycle);
    }
    if (recording_) {
      own_.sends.push_back(*sent);
    }
  }
  pending_.erase(pending_.begin(), sent);
  if (own_.sends.size() > most_sends_) {
    forget();
  }
  transport_.run_until(limit);
}

void MeshReplay::pushed(const FlitPushed& event) {
  listener_.pushed(event);
  pushed_ = event.cycle - base_;
  if (event.output != MeshPort::interface) {
    own_.add_work(pushed_, event.is_head() && event.output != MeshPort::local);
    if (!recording_ && own_.work.size() > kMostWork) {
      fold_work();
    }
  }
}

/// It is too much to be remembered.
void MeshReplay::forget() {
  recording_ = false;
  own_.sends = {};
  own_.arrivals = {};
}

/// Of what is not remembered only the present cycle's work must stand by itself.
void MeshReplay::fold_work() {
  const MeshWork present = own_.work.back();
  own_.work.pop_back();
  for (const MeshWork& run : own_.work) {
    const Cycle begin = std::max(base_ + run.begin, counted_until_);
    if (begin < base_ + run.end) {
      carried_.first += (base_ + run.end - begin) * run.flit_hops;
      carried_.second += (base_ + run.end - begin) * run.routed;
    }
  }
  own_.work.assign(1, present);
  counted_until_ = std::max(counted_until_, base_ + present.begin);
}

void MeshReplay::arrives(std::size_t channel, bool is_item, Cycle cycle) {
  if (recording_) {
    own_.arrivals.push_back({pushed_, cycle - base_, static_cast<std::uint32_t>(channel), is_item});
  }
  if (told_ > 0) {
    --told_;
    return;
  }
  receiver_.arrives(channel, is_item, cycle);
}

/// The next cycle in which something is sent, or was; or arrives.
Cycle MeshReplay::next_known(Cycle pending) const {
  const MeshStretch& known = stretches_[known_];
  Cycle next = pending;
  if (next_send_ < known.sends.size()) {
    next = std::min(next, known.sends[next_send_].cycle);
  }
  if (next_arrival_ < known.arrivals.size()) {
    next = std::min(next, known.arrivals[next_arrival_].pushed);
  }
  return next;
}

void MeshReplay::follow_until(Cycle limit) {
  while (true) {
    const Cycle next = next_known(pending_.empty() ? kNever : pending_.front().cycle);
    if (next == kNever || base_ + next >= limit) {
      return;
    }
    if (!is_as_before(next)) {
      begin_moving();
      return;
    }
    while (next_arrival_ < stretches_[known_].arrivals.size() &&
           stretches_[known_].arrivals[next_arrival_].pushed == next) {
      const MeshArrival arrival = stretches_[known_].arrivals[next_arrival_++];
      receiver_.arrives(arrival.channel, arrival.is_item, base_ + arrival.cycle);
    }
  }
}

/// What is sent in this cycle is what was sent in it, in the stretch that is followed, or in
/// another that is like it so far and is followed from now on.
bool MeshReplay::is_as_before(Cycle cycle) {
  if (!is_as_in(stretches_[known_], cycle)) {
    const MeshStretch& followed = stretches_[known_];
    const auto is_alike = [&](const MeshStretch& other) {
      return other.sends.size() >= next_send_ &&
             std::equal(other.sends.begin(),
                        other.sends.begin() + static_cast<std::ptrdiff_t>(next_send_),
                        followed.sends.begin()) &&
             is_as_in(other, cycle);
    };
    const auto other = std::find_if(stretches_.begin(), stretches_.end(), is_alike);
    if (other == stretches_.end()) {
      return false;
    }
    known_ = static_cast<std::size_t>(other - stretches_.begin());
    next_work_ = 0;
  }
  auto sent = pending_.begin();
  while (sent != pending_.end() && sent->cycle == cycle) {
    ++sent;
  }
  const auto count = static_cast<std::size_t>(sent - pending_.begin());
  pending_.erase(pending_.begin(), sent);
  next_send_ += count;
  replayed_ += count;
  return true;
}

bool MeshReplay::is_as_in(const MeshStretch& stretch, Cycle cycle) const {
  std::size_t due = next_send_;
  auto sent = pending_.begin();
  for (; sent != pending_.end() && sent->cycle == cycle; ++sent, ++due) {
    if (due >= stretch.sends.size() || !(stretch.sends[due] == *sent)) {
      return false;
    }
  }
  return due >= stretch.sends.size() || stretch.sends[due].cycle > cycle;
}

/// All that was sent since the mesh was at rest is sent again. What arrived is known to the
/// receiver.
void MeshReplay::begin_moving() {
  const MeshStretch& known = stretches_[known_];
  pending_.insert(pending_.begin(), known.sends.begin(),
                  known.sends.begin() + static_cast<std::ptrdiff_t>(next_send_));
  told_ = next_arrival_;
  replayed_ -= next_send_;
  own_ = {};
  moving_ = true;
  next_work_ = 0;
  transport_.run_until(base_);
}

Cycle MeshReplay::next_event() const {
  const Cycle pending = pending_.empty() ? kNever : pending_.front().cycle;
  const Cycle next = moving_ ? pending : next_known(pending);
  return std::min(next == kNever ? kNever : base_ + next,
                  moving_ ? transport_.next_event() : kNever);
}

Cycle MeshReplay::links_free_from() const {
  if (moving_) {
    return transport_.links_free_from();
  }
  const std::vector<MeshWork>& work = stretches_[known_].work;
  const auto later = std::partition_point(
      work.begin(), work.end(), [this](const MeshWork& run) { return base_ + run.begin < now_; });
  return later == work.begin() ? 0 : base_ + (later - 1)->end - 1 + link_cycles_;
}

void MeshReplay::settle() {
  const bool is_fresh = moving_ ? own_.work.empty() : next_send_ == 0;
  if (!is_fresh) {
    carried_ = take_work(now_);
    if (moving_ && recording_) {
      check();
      remember();
    }
  }
  if (moving_) {
    transport_.settle();
  }
  own_ = {};
  recording_ = remembers();
  base_ = now_;
  moving_ = mode_ != ReplayMode::on || stretches_.empty();
  known_ = 0;
  next_send_ = 0;
  next_arrival_ = 0;
  next_work_ = 0;
}

/// Instead of a stretch that it continues, or beside all others.
void MeshReplay::remember() {
  const auto is_begin = [this](const MeshStretch& stretch) { return stretch.is_begin_of(own_); };
  const auto known = std::find_if(stretches_.begin(), stretches_.end(), is_begin);
  const std::size_t less = known == stretches_.end() ? 0 : known->sends.size();
  if (kept_sends_ - less + own_.sends.size() > most_sends_ ||
      (less == 0 && stretches_.size() == kMostStretches)) {
    return;
  }
  kept_sends_ += own_.sends.size() - less;
  if (known == stretches_.end()) {
    stretches_.push_back(std::move(own_));
  } else {
    *known = std::move(own_);
  }
}

/// Ends the run if what was done is not what is remembered of the same sends.
void MeshReplay::check() const {
  if (mode_ != ReplayMode::checked) {
    return;
  }
  for (const MeshStretch& known : stretches_) {
    if (!known.agrees_with(own_)) {
      refuse_replay("what crosses the mesh");
    }
  }
}

std::pair<std::uint64_t, std::uint64_t> MeshReplay::take_work(Cycle cycle) {
  const Cycle until = std::min(cycle, now_);
  auto [flit_hops, routed] = std::exchange(carried_, {});
  const std::vector<MeshWork>& work = present().work;
  // Runs of cycles may have grown together since.
  next_work_ = std::min(next_work_, work.size());
  while (next_work_ > 0 && base_ + work[next_work_ - 1].end > counted_until_) {
    --next_work_;
  }
  for (; next_work_ < work.size() && base_ + work[next_work_].begin < until; ++next_work_) {
    const MeshWork& run = work[next_work_];
    const Cycle begin = std::max(base_ + run.begin, counted_until_);
    const Cycle end = std::min(base_ + run.end, until);
    if (begin < end) {
      flit_hops += (end - begin) * run.flit_hops;
      routed += (end - begin) * run.routed;
    }
  }
  counted_until_ = std::max(counted_until_, until);
  return {flit_hops, routed};
}

}  // namespace airnn

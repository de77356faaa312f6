// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/ddr3_channel.h"

#include <algorithm>
#include <stdexcept>

namespace airnn {

namespace {

const Ddr3ChannelParams& checked(const Ddr3ChannelParams& params) {
  if (params.drain_low_percent >= params.drain_high_percent || params.drain_high_percent > 100) {
    throw std::invalid_argument("the drain marks must be low < high <= 100 percent");
  }
  return params;
}

}  // namespace

Ddr3Channel::Ddr3Channel(const Ddr3ChannelParams& params, DramListener& listener)
    : params_(checked(params)),
      listener_(listener),
      map_(params.mapping, params.part.geometry),
      state_(params_),
      requests_(params_, state_),
      ranks_(params_, state_),
      drain_high_(params.write_queue * params.drain_high_percent / 100),
      drain_low_((params.write_queue * params.drain_low_percent + 99) / 100),
      front_(params.read_queue + params.write_queue) {
  restart(0);
}

void Ddr3Channel::accept(const DramRequest& request, Cycle at) {
  const DramPlace place = map_.place(request.address);
  Accepted& accepted = front_.push();
  accepted.request.id = request.id;
  accepted.request.age = next_age_++;
  accepted.request.arrival = request.arrival;
  accepted.request.bank = place.rank * params_.part.geometry.banks + place.bank;
  accepted.request.row = place.row;
  accepted.request.column = place.column;
  accepted.request.outcome = RowOutcome::hit;
  accepted.is_write = request.is_write;
  accepted.visible = at + params_.front_end_cycles;
  ++taken_[request.is_write ? 1 : 0];
  if (accepted.visible <= now_) {
    due_ = due_ == Due::nothing ? Due::admission : Due::everything;
  }
}

void Ddr3Channel::run_until(Cycle limit) {
  while (step(limit)) {
  }
  if (now_ < limit) {
    // What was chosen stays so, unless something happens in the cycle that begins now.
    if (next_trigger() <= limit) {
      due_ = Due::admission;
    }
    now_ = limit;
  }
}

Cycle Ddr3Channel::run_until_room(const DramRequest& request, Cycle from) {
  run_until(from);
  while (!can_accept(request.is_write)) {
    step(kNever);
  }
  run_until(std::max(from, room_since_));
  return now_;
}

void Ddr3Channel::run_until_idle() {
  while (!idle()) {
    step(kNever);
  }
}

Cycle Ddr3Channel::next_event() {
  // Without a front end a request of this very cycle would still have a say.
  if (due_ != Due::nothing && params_.front_end_cycles == 0) {
    return now_;
  }
  prepare();
  return std::min(choice_.cycle, next_trigger());
}

/// One event, if it comes before the limit: a command, or something that changes what may be
/// chosen. Between events nothing can happen.
bool Ddr3Channel::step(Cycle limit) {
  if (now_ >= limit) {
    return false;
  }
  prepare();
  const Cycle trigger = next_trigger();
  if (std::min(choice_.cycle, trigger) >= limit) {
    return false;
  }
  if (choice_.cycle < trigger) {
    now_ = choice_.cycle;
    const bool is_for_request = choice_.request != DramQueue::kNone;
    issue(choice_);
    ++now_;
    due_ = is_for_request ? Due::offers : Due::everything;
  } else {
    now_ = trigger;
    due_ = Due::admission;
  }
  return true;
}

/// In a cycle whose only news is one more request to be seen, most often the choice stands and the
/// request is no more than one more offer. False: everything has to be looked at anew.
bool Ddr3Channel::admit_beside_choice() {
  if (now_ == next_refresh_ || (front_.size() > 1 && front_.second().visible <= now_)) {
    return false;
  }
  const std::uint32_t bank = front_.front().request.bank;
  const std::uint64_t rank = state_.ranks[state_.banks[bank].rank].banks;
  const bool may_withdraw = params_.page_policy == PagePolicy::adaptive ||
                            (choice_.bank == bank && choice_.command == DramCommand::precharge);
  if (may_withdraw || front_.front().is_write != state_.writing || state_.queue().empty() ||
      (state_.waiting_banks() & rank) == 0 || (state_.blocked_banks & rank) != 0) {
    return false;
  }
  const bool was_writing = state_.writing;
  admit();
  choose_direction();
  if (state_.writing != was_writing) {
    return false;
  }
  // The choice for the bank itself is an older request.
  if (params_.scheduling != DramScheduling::fcfs && choice_.bank != bank &&
      (state_.queue().banks() >> bank & 1) != 0) {
    requests_.offer_bank(now_, bank, choice_);
  }
  return true;
}

/// After a command for a request, where nothing has become due: only what is offered for requests
/// has to be looked at anew. False: everything has to be.
bool Ddr3Channel::go_on() {
  if (state_.ranks.size() > 1 || state_.blocked_banks != 0 || now_ >= next_refresh_ ||
      state_.waiting_banks() == 0 || (!front_.empty() && front_.front().visible <= now_)) {
    return false;
  }
  const bool was_writing = state_.writing;
  choose_direction();
  const std::uint32_t bank = choice_.bank;
  const bool in_row = is_column(choice_.command) && state_.writing == was_writing &&
                      state_.queue().banks() == std::uint64_t{1} << bank &&
                      params_.page_policy == PagePolicy::open && params_.hit_cap == 0;
  const DramQueue::Index hit = in_row ? state_.queue().oldest_hit(bank) : DramQueue::kNone;
  if (hit != DramQueue::kNone && hit == state_.queue().oldest(bank)) {
    // Without a rival the next one of the row is the choice.
    choice_.cycle = std::max(now_, state_.timing.earliest(choice_.command, bank));
    choice_.preference =
        CommandChoice::preferred(CommandUrgency::column, state_.queue().at(hit).age);
    choice_.request = hit;
  } else {
    choice_.cycle = kNever;
    requests_.offer(now_, choice_);
  }
  return true;
}

Cycle Ddr3Channel::next_trigger() const {
  if (!front_.empty() && front_.front().visible > now_) {
    return std::min(front_.front().visible, next_refresh_);
  }
  return next_refresh_;
}

void Ddr3Channel::prepare() {
  if (!params_.takes_shortcuts || due_ == Due::everything || (due_ == Due::offers && !go_on()) ||
      (due_ == Due::admission && !admit_beside_choice())) {
    look_at_everything();
  }
  due_ = Due::nothing;
}

void Ddr3Channel::look_at_everything() {
  admit();
  choose_direction();
  choice_.cycle = kNever;
  next_refresh_ = ranks_.offer(now_, choice_);
  requests_.offer(now_, choice_);
}

void Ddr3Channel::admit() {
  while (!front_.empty() && front_.front().visible <= now_) {
    const Accepted& accepted = front_.front();
    const QueuedRequest& request = accepted.request;
    const bool is_open =
        state_.banks[request.bank].open && state_.banks[request.bank].row == request.row;
    if (accepted.is_write) {
      if (state_.reads.find(request.bank, request.row, request.column) != DramQueue::kNone) {
        return;
      }
      state_.writes.push(request, is_open);
    } else if (state_.writes.find(request.bank, request.row, request.column) != DramQueue::kNone) {
      --taken_[0];
      room_since_ = now_ + 1;
      listener_.served({request.id, false, RowOutcome::forwarded, request.arrival, now_ + 1});
    } else {
      state_.reads.push(request, is_open);
    }
    front_.pop();
  }
}

void Ddr3Channel::choose_direction() {
  if (state_.writing) {
    state_.writing =
        !state_.writes.empty() && (state_.writes.size() >= drain_low_ || state_.reads.empty());
  } else {
    state_.writing =
        state_.writes.size() > drain_high_ || (state_.reads.empty() && !state_.writes.empty());
  }
}

void Ddr3Channel::issue(const CommandChoice& choice) {
  Ddr3ChannelState::Rank& rank = state_.ranks[state_.banks[choice.bank].rank];
  Cycle busy = 0;  // how long the rank does not count as idle
  switch (choice.command) {
    case DramCommand::read:
    case DramCommand::read_auto:
    case DramCommand::write:
    case DramCommand::write_auto:
      issue_column(choice);
      rank.idle_since = now_ + 1;
      return;
    case DramCommand::activate:
      issue_activate(choice);
      busy = 1;
      break;
    case DramCommand::precharge:
      if (choice.request != DramQueue::kNone) {
        state_.queue().at(choice.request).outcome = RowOutcome::conflict;
      }
      tell(choice.command, choice.bank, 0, 0);
      state_.close_row(choice.bank);
      break;
    case DramCommand::precharge_all:
      tell(choice.command, choice.bank, 0, 0);
      while (rank.open_banks != 0) {
        state_.close_row(first_bit(rank.open_banks));
      }
      break;
    case DramCommand::refresh:
      tell(choice.command, choice.bank, 0, 0);
      rank.refresh.refreshed(now_);
      busy = params_.part.timing.rfc;
      break;
    case DramCommand::power_down_enter:
      tell(choice.command, choice.bank, 0, 0);
      rank.power = Ddr3ChannelState::Power::power_down;
      break;
    case DramCommand::power_down_exit:
      tell(choice.command, choice.bank, 0, 0);
      rank.power = Ddr3ChannelState::Power::standby;
      break;
    case DramCommand::self_refresh_enter:
      tell(choice.command, choice.bank, 0, 0);
      rank.power = Ddr3ChannelState::Power::self_refresh;
      rank.refresh.self_refresh_entered();
      busy = 1;
      break;
    case DramCommand::self_refresh_exit:
      tell(choice.command, choice.bank, 0, 0);
      rank.power = Ddr3ChannelState::Power::standby;
      rank.refresh.self_refresh_left(now_);
      busy = 1;
      break;
  }
  if (busy > 0) {
    rank.idle_since = now_ + busy;
  }
}

void Ddr3Channel::issue_column(const CommandChoice& choice) {
  Ddr3ChannelState::Bank& bank = state_.banks[choice.bank];
  const QueuedRequest request = state_.queue().at(choice.request);
  const Ddr3TimingParams& t = params_.part.timing;
  tell(choice.command, choice.bank, request.row, request.column);
  state_.queue().remove(choice.request);
  --taken_[state_.writing ? 1 : 0];
  room_since_ = now_ + 1;
  ++bank.columns;
  bank.last_use = now_;
  if (choice.command == DramCommand::read_auto || choice.command == DramCommand::write_auto) {
    state_.close_row(choice.bank);
  }
  listener_.served({request.id, state_.writing, request.outcome, request.arrival,
                    now_ + (state_.writing ? t.cwl : t.cl) + Ddr3TimingParams::kBurst});
}

void Ddr3Channel::issue_activate(const CommandChoice& choice) {
  QueuedRequest& request = state_.queue().at(choice.request);
  if (request.outcome == RowOutcome::hit) {
    request.outcome = RowOutcome::miss;
  }
  tell(DramCommand::activate, choice.bank, request.row, 0);
  state_.open_row(choice.bank, request.row, now_);
}

void Ddr3Channel::tell(DramCommand command, std::uint32_t bank, std::uint32_t row_number,
                       std::uint32_t column_number) {
  state_.timing.record(command, bank, now_);
  const std::uint32_t rank = state_.banks[bank].rank;
  listener_.issued(
      {now_, command, {rank, bank - state_.ranks[rank].first_bank, row_number, column_number}});
}

Cycle Ddr3Channel::settle() {
  due_ = Due::everything;
  const auto issue_now = [this](DramCommand command, const Ddr3ChannelState::Rank& rank) {
    now_ = std::max(now_, state_.timing.earliest(command, rank.first_bank));
    issue({now_, 0, command, rank.first_bank, DramQueue::kNone});
    ++now_;
  };
  for (const Ddr3ChannelState::Rank& rank : state_.ranks) {
    if (rank.power != Ddr3ChannelState::Power::standby) {
      issue_now(rank.power == Ddr3ChannelState::Power::power_down ? DramCommand::power_down_exit
                                                                  : DramCommand::self_refresh_exit,
                rank);
    }
    if (rank.open_banks != 0) {
      issue_now(DramCommand::precharge_all, rank);
    }
    if (params_.refresh) {
      issue_now(DramCommand::refresh, rank);
    }
  }
  Cycle end = now_;
  for (std::uint32_t bank = 0; bank < state_.banks.size(); ++bank) {
    for (std::size_t command = 0; command < kDramCommands; ++command) {
      end = std::max(end, state_.timing.earliest(static_cast<DramCommand>(command), bank));
    }
  }
  return end;
}

void Ddr3Channel::restart(Cycle at) {
  now_ = at;
  room_since_ = at;
  due_ = Due::everything;
  state_.writing = false;
  const Cycle interval = params_.part.timing.refi;
  for (std::size_t r = 0; r < state_.ranks.size(); ++r) {
    state_.ranks[r].idle_since = at;
    state_.ranks[r].refresh.restart(at + r * interval / state_.ranks.size());
  }
}

/// Queues are empty, and what is not named follows from the rest or means nothing without requests.
template <typename Visitor>
void Ddr3Channel::visit(Visitor& visitor) {
  visitor.moment(now_);
  visitor.bound(room_since_);
  visitor.number(state_.writing);
  for (Ddr3ChannelState::Bank& bank : state_.banks) {
    visitor.number(bank.open);
    if (bank.open) {
      visitor.number(bank.row);
      visitor.number(bank.columns);
      visitor.moment(bank.last_use);
    }
  }
  for (Ddr3ChannelState::Rank& rank : state_.ranks) {
    visitor.number(rank.power);
    visitor.number(rank.open_banks);
    visitor.moment(rank.idle_since);
    rank.refresh.visit(visitor);
  }
  state_.timing.visit(visitor);
  due_ = Due::everything;
}

void Ddr3Channel::save(StateList& state, Cycle origin) {
  choose_direction();
  for (Ddr3ChannelState::Rank& rank : state_.ranks) {
    rank.refresh.advance(now_);
  }
  StateWriter writer(state, origin);
  visit(writer);
}

void Ddr3Channel::restore(const StateList& state, Cycle origin) {
  StateReader reader(state, origin);
  visit(reader);
}

}  // namespace airnn

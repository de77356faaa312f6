// SPDX-License-Identifier: Apache-2.0
#include "hw/dram/ddr3_channel.h"

#include <algorithm>
#include <stdexcept>

namespace airnn {

namespace {

constexpr std::uint32_t kMostEntries = 64;
constexpr std::uint32_t kMostBanks = 64;

const Ddr3ChannelParams& checked(const Ddr3ChannelParams& params) {
  const auto fits = [](std::uint32_t depth) { return depth >= 1 && depth <= kMostEntries; };
  if (!fits(params.read_queue) || !fits(params.write_queue)) {
    throw std::invalid_argument("a queue of a DDR3 channel has 1 to 64 entries");
  }
  if (params.part.geometry.ranks * params.part.geometry.banks > kMostBanks) {
    throw std::invalid_argument("a DDR3 channel has at most 64 banks in all its ranks");
  }
  if (params.drain_low_percent >= params.drain_high_percent || params.drain_high_percent > 100) {
    throw std::invalid_argument("the drain marks must be low < high <= 100 percent");
  }
  return params;
}

std::uint32_t first_bit(std::uint64_t bits) {
  return static_cast<std::uint32_t>(__builtin_ctzll(bits));
}

RefreshDebt::Params refresh_params(const Ddr3ChannelParams& params) {
  const Ddr3TimingParams& t = params.part.timing;
  RefreshDebt::Params refresh;
  refresh.enabled = params.refresh;
  refresh.interval = t.refi;
  refresh.max_postponed = static_cast<std::int32_t>(params.max_postponed);
  refresh.max_pulled_in = static_cast<std::int32_t>(params.max_pulled_in);
  refresh.guard = t.rcd + t.cwl + Ddr3TimingParams::kBurst + t.wr + t.rp + t.xp;
  return refresh;
}

}  // namespace

Ddr3Channel::Ddr3Channel(const Ddr3ChannelParams& params, DramListener& listener)
    : params_(checked(params)),
      listener_(listener),
      map_(params.mapping, params.part.geometry),
      timing_(ddr3_rules(params.part.timing), params.part.geometry.ranks,
              params.part.geometry.banks),
      drain_high_(params.write_queue * params.drain_high_percent / 100),
      drain_low_((params.write_queue * params.drain_low_percent + 99) / 100),
      banks_(params.part.geometry.ranks * params.part.geometry.banks),
      reads_(params.read_queue, params.part.geometry.ranks * params.part.geometry.banks),
      writes_(params.write_queue, params.part.geometry.ranks * params.part.geometry.banks),
      front_(params.read_queue + params.write_queue) {
  const Ddr3Geometry& geometry = params_.part.geometry;
  for (std::uint32_t r = 0; r < geometry.ranks; ++r) {
    Rank rank{Power::standby, 0, 0, r * geometry.banks, 0, RefreshDebt(refresh_params(params_), 0)};
    for (std::uint32_t b = 0; b < geometry.banks; ++b) {
      rank.banks |= std::uint64_t{1} << (rank.first_bank + b);
      banks_[rank.first_bank + b].rank = r;
    }
    ranks_.push_back(rank);
  }
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
  const std::uint64_t rank = ranks_[banks_[bank].rank].banks;
  const bool may_withdraw = params_.page_policy == PagePolicy::adaptive ||
                            (choice_.bank == bank && choice_.command == DramCommand::precharge);
  if (may_withdraw || front_.front().is_write != writing_ || queue().empty() ||
      (waiting_banks() & rank) == 0 || (blocked_banks_ & rank) != 0) {
    return false;
  }
  const bool was_writing = writing_;
  admit();
  choose_direction();
  if (writing_ != was_writing) {
    return false;
  }
  // The choice for the bank itself is an older request.
  if (params_.scheduling != DramScheduling::fcfs && choice_.bank != bank &&
      (queue().banks() >> bank & 1) != 0) {
    offer_bank(bank);
  }
  return true;
}

/// After a command for a request, where nothing has become due: only what is offered for requests
/// has to be looked at anew. False: everything has to be.
bool Ddr3Channel::go_on() {
  if (ranks_.size() > 1 || blocked_banks_ != 0 || now_ >= next_refresh_ || waiting_banks() == 0 ||
      (!front_.empty() && front_.front().visible <= now_)) {
    return false;
  }
  const bool was_writing = writing_;
  choose_direction();
  const std::uint32_t bank = choice_.bank;
  const bool in_row = is_column(choice_.command) && writing_ == was_writing &&
                      queue().banks() == std::uint64_t{1} << bank &&
                      params_.page_policy == PagePolicy::open && params_.hit_cap == 0;
  const DramQueue::Index hit = in_row ? queue().oldest_hit(bank) : DramQueue::kNone;
  if (hit != DramQueue::kNone && hit == queue().oldest(bank)) {
    // Without a rival the next one of the row is the choice.
    choice_.cycle = std::max(now_, timing_.earliest(choice_.command, bank));
    choice_.preference = preference(column, queue().at(hit).age);
    choice_.request = hit;
  } else {
    choice_.cycle = kNever;
    offer_for_requests();
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
  if (due_ == Due::everything || (due_ == Due::offers && !go_on()) ||
      (due_ == Due::admission && !admit_beside_choice())) {
    look_at_everything();
  }
  due_ = Due::nothing;
}

void Ddr3Channel::look_at_everything() {
  admit();
  choose_direction();
  choice_.cycle = kNever;
  blocked_banks_ = 0;
  next_refresh_ = kNever;
  const std::uint64_t waiting = waiting_banks();
  for (std::size_t r = 0; r < ranks_.size(); ++r) {
    Rank& rank = ranks_[r];
    rank.refresh.advance(now_);
    next_refresh_ = std::min(next_refresh_, rank.refresh.next_change(now_));
    if (rank.power != Power::self_refresh && rank.refresh.must(now_)) {
      blocked_banks_ |= rank.banks;
      offer_refresh(rank, must_refresh, 0);
    } else if ((waiting & rank.banks) == 0) {
      blocked_banks_ |= rank.power == Power::standby ? 0 : rank.banks;
      offer_idle(rank);
    } else if (rank.power != Power::standby) {
      blocked_banks_ |= rank.banks;
      offer(wake_up, r,
            rank.power == Power::power_down ? DramCommand::power_down_exit
                                            : DramCommand::self_refresh_exit,
            rank.first_bank, 0);
    }
  }
  offer_for_requests();
}

void Ddr3Channel::admit() {
  while (!front_.empty() && front_.front().visible <= now_) {
    const Accepted& accepted = front_.front();
    const QueuedRequest& request = accepted.request;
    const bool is_open = banks_[request.bank].open && banks_[request.bank].row == request.row;
    if (accepted.is_write) {
      if (reads_.find(request.bank, request.row, request.column) != DramQueue::kNone) {
        return;
      }
      writes_.push(request, is_open);
    } else if (writes_.find(request.bank, request.row, request.column) != DramQueue::kNone) {
      --taken_[0];
      room_since_ = now_ + 1;
      listener_.served({request.id, false, RowOutcome::forwarded, request.arrival, now_ + 1});
    } else {
      reads_.push(request, is_open);
    }
    front_.pop();
  }
}

void Ddr3Channel::choose_direction() {
  if (writing_) {
    writing_ = !writes_.empty() && (writes_.size() >= drain_low_ || reads_.empty());
  } else {
    writing_ = writes_.size() > drain_high_ || (reads_.empty() && !writes_.empty());
  }
}

void Ddr3Channel::offer(Urgency urgency, std::uint64_t order, DramCommand command,
                        std::uint32_t bank, Cycle not_before, DramQueue::Index request) {
  const Cycle cycle = std::max({now_, not_before, timing_.earliest(command, bank)});
  const std::uint64_t rank = preference(urgency, order);
  if (cycle < choice_.cycle || (cycle == choice_.cycle && rank < choice_.preference)) {
    choice_.cycle = cycle;
    choice_.preference = rank;
    choice_.command = command;
    choice_.bank = bank;
    choice_.request = request;
  }
}

void Ddr3Channel::offer_for_requests() {
  std::uint64_t banks = queue().banks();
  if (params_.scheduling == DramScheduling::fcfs && banks != 0) {
    std::uint32_t oldest = first_bit(banks);
    for (std::uint64_t rest = banks; rest != 0; rest &= rest - 1) {
      const std::uint32_t bank = first_bit(rest);
      if (queue().at(queue().oldest(bank)).age < queue().at(queue().oldest(oldest)).age) {
        oldest = bank;
      }
    }
    banks = std::uint64_t{1} << oldest;
  }
  for (banks &= ~blocked_banks_; banks != 0; banks &= banks - 1) {
    offer_bank(first_bit(banks));
  }
  if (params_.page_policy == PagePolicy::adaptive && params_.page_timeout_cycles > 0) {
    offer_timeouts();
  }
}

void Ddr3Channel::offer_bank(std::uint32_t bank_index) {
  const Bank& bank = banks_[bank_index];
  const DramQueue& waiting = queue();
  const DramQueue::Index oldest = waiting.oldest(bank_index);
  if (!bank.open) {
    offer(row, waiting.at(oldest).age, DramCommand::activate, bank_index, 0, oldest);
    return;
  }
  const bool is_capped = params_.hit_cap > 0 && bank.columns >= params_.hit_cap;
  const bool only_oldest = is_capped || params_.scheduling == DramScheduling::fcfs;
  const DramQueue::Index hit = waiting.oldest_hit(bank_index);
  if (hit == DramQueue::kNone || (only_oldest && hit != oldest)) {
    offer(row, waiting.at(oldest).age, DramCommand::precharge, bank_index, 0, oldest);
  } else {
    offer(column, waiting.at(hit).age, column_command(bank_index, hit), bank_index, 0, hit);
  }
}

void Ddr3Channel::offer_refresh(const Rank& rank, Urgency urgency, Cycle not_before) {
  DramCommand command = DramCommand::refresh;
  if (rank.power == Power::power_down) {
    command = DramCommand::power_down_exit;
  } else if (rank.open_banks != 0) {
    command = DramCommand::precharge_all;
  }
  offer(urgency, rank.first_bank, command, rank.first_bank, not_before);
}

void Ddr3Channel::offer_idle(const Rank& rank) {
  if (rank.power == Power::self_refresh) {
    return;
  }
  if (rank.refresh.owes()) {
    offer_refresh(rank, idle_refresh, 0);
  } else if (rank.refresh.may_pull_in() && rank.power == Power::standby &&
             params_.max_pulled_in > 0) {
    offer_refresh(rank, idle_refresh, rank.idle_since + params_.part.timing.rfc);
  }
  if (rank.refresh.owes()) {
    return;
  }
  const Cycle self_refresh = params_.self_refresh_after_cycles > 0
                                 ? rank.idle_since + params_.self_refresh_after_cycles
                                 : kNever;
  if (self_refresh != kNever) {
    DramCommand command = DramCommand::self_refresh_enter;
    if (rank.power == Power::power_down) {
      command = DramCommand::power_down_exit;
    } else if (rank.open_banks != 0) {
      command = DramCommand::precharge_all;
    }
    offer(power_saving, rank.first_bank, command, rank.first_bank, self_refresh);
  }
  if (params_.power_down_after_cycles > 0 && rank.power == Power::standby) {
    const Cycle from = std::max({now_, rank.idle_since + params_.power_down_after_cycles,
                                 timing_.earliest(DramCommand::power_down_enter, rank.first_bank)});
    if (from < self_refresh) {
      offer(power_saving, rank.first_bank, DramCommand::power_down_enter, rank.first_bank, from);
    }
  }
}

void Ddr3Channel::offer_timeouts() {
  const std::uint64_t waiting = waiting_banks();
  for (const Rank& rank : ranks_) {
    if (rank.power != Power::standby) {
      continue;
    }
    for (std::uint64_t banks = rank.open_banks & ~waiting & ~blocked_banks_; banks != 0;
         banks &= banks - 1) {
      const std::uint32_t bank = first_bit(banks);
      offer(page_timeout, bank, DramCommand::precharge, bank,
            banks_[bank].last_use + params_.page_timeout_cycles);
    }
  }
}

bool Ddr3Channel::closes_row(std::uint32_t bank, DramQueue::Index request) {
  if (params_.page_policy != PagePolicy::adaptive) {
    return params_.page_policy == PagePolicy::closed;
  }
  const std::uint32_t open_row = banks_[bank].row;
  const DramQueue& other = writing_ ? reads_ : writes_;
  return !queue().any_to_row(bank, open_row, request) &&
         !other.any_to_row(bank, open_row, DramQueue::kNone) &&
         (queue().any_to_other_row(bank, open_row) || other.any_to_other_row(bank, open_row));
}

DramCommand Ddr3Channel::column_command(std::uint32_t bank, DramQueue::Index request) {
  if (closes_row(bank, request)) {
    return writing_ ? DramCommand::write_auto : DramCommand::read_auto;
  }
  return writing_ ? DramCommand::write : DramCommand::read;
}

void Ddr3Channel::issue(const Choice& choice) {
  Rank& rank = ranks_[banks_[choice.bank].rank];
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
      open(choice.bank, choice);
      busy = 1;
      break;
    case DramCommand::precharge:
      if (choice.request != DramQueue::kNone) {
        queue().at(choice.request).outcome = RowOutcome::conflict;
      }
      tell(choice.command, choice.bank, 0, 0);
      close(choice.bank);
      break;
    case DramCommand::precharge_all:
      tell(choice.command, choice.bank, 0, 0);
      while (rank.open_banks != 0) {
        close(first_bit(rank.open_banks));
      }
      break;
    case DramCommand::refresh:
      tell(choice.command, choice.bank, 0, 0);
      rank.refresh.refreshed(now_);
      busy = params_.part.timing.rfc;
      break;
    case DramCommand::power_down_enter:
      tell(choice.command, choice.bank, 0, 0);
      rank.power = Power::power_down;
      break;
    case DramCommand::power_down_exit:
      tell(choice.command, choice.bank, 0, 0);
      rank.power = Power::standby;
      break;
    case DramCommand::self_refresh_enter:
      tell(choice.command, choice.bank, 0, 0);
      rank.power = Power::self_refresh;
      rank.refresh.self_refresh_entered();
      busy = 1;
      break;
    case DramCommand::self_refresh_exit:
      tell(choice.command, choice.bank, 0, 0);
      rank.power = Power::standby;
      rank.refresh.self_refresh_left(now_);
      busy = 1;
      break;
  }
  if (busy > 0) {
    rank.idle_since = now_ + busy;
  }
}

void Ddr3Channel::issue_column(const Choice& choice) {
  Bank& bank = banks_[choice.bank];
  const QueuedRequest request = queue().at(choice.request);
  const Ddr3TimingParams& t = params_.part.timing;
  tell(choice.command, choice.bank, request.row, request.column);
  queue().remove(choice.request);
  --taken_[writing_ ? 1 : 0];
  room_since_ = now_ + 1;
  ++bank.columns;
  bank.last_use = now_;
  if (choice.command == DramCommand::read_auto || choice.command == DramCommand::write_auto) {
    close(choice.bank);
  }
  listener_.served({request.id, writing_, request.outcome, request.arrival,
                    now_ + (writing_ ? t.cwl : t.cl) + Ddr3TimingParams::kBurst});
}

void Ddr3Channel::open(std::uint32_t bank_index, const Choice& choice) {
  QueuedRequest& request = queue().at(choice.request);
  if (request.outcome == RowOutcome::hit) {
    request.outcome = RowOutcome::miss;
  }
  tell(DramCommand::activate, bank_index, request.row, 0);
  Bank& bank = banks_[bank_index];
  bank.open = true;
  bank.row = request.row;
  bank.columns = 0;
  bank.last_use = now_;
  ranks_[bank.rank].open_banks |= std::uint64_t{1} << bank_index;
  reads_.row_opened(bank_index, request.row);
  writes_.row_opened(bank_index, request.row);
}

void Ddr3Channel::close(std::uint32_t bank_index) {
  Bank& bank = banks_[bank_index];
  bank.open = false;
  ranks_[bank.rank].open_banks &= ~(std::uint64_t{1} << bank_index);
  reads_.row_closed(bank_index);
  writes_.row_closed(bank_index);
}

void Ddr3Channel::tell(DramCommand command, std::uint32_t bank, std::uint32_t row_number,
                       std::uint32_t column_number) {
  timing_.record(command, bank, now_);
  const std::uint32_t rank = banks_[bank].rank;
  listener_.issued(
      {now_, command, {rank, bank - ranks_[rank].first_bank, row_number, column_number}});
}

Cycle Ddr3Channel::settle() {
  due_ = Due::everything;
  const auto issue_now = [this](DramCommand command, const Rank& rank) {
    now_ = std::max(now_, timing_.earliest(command, rank.first_bank));
    issue({now_, 0, command, rank.first_bank, DramQueue::kNone});
    ++now_;
  };
  for (const Rank& rank : ranks_) {
    if (rank.power != Power::standby) {
      issue_now(rank.power == Power::power_down ? DramCommand::power_down_exit
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
  for (std::uint32_t bank = 0; bank < banks_.size(); ++bank) {
    for (std::size_t command = 0; command < kDramCommands; ++command) {
      end = std::max(end, timing_.earliest(static_cast<DramCommand>(command), bank));
    }
  }
  return end;
}

void Ddr3Channel::restart(Cycle at) {
  now_ = at;
  room_since_ = at;
  due_ = Due::everything;
  writing_ = false;
  const Cycle interval = params_.part.timing.refi;
  for (std::size_t r = 0; r < ranks_.size(); ++r) {
    ranks_[r].idle_since = at;
    ranks_[r].refresh.restart(at + r * interval / ranks_.size());
  }
}

/// Queues are empty, and what is not named follows from the rest or means nothing without requests.
template <typename Visitor>
void Ddr3Channel::visit(Visitor& visitor) {
  visitor.moment(now_);
  visitor.bound(room_since_);
  visitor.number(writing_);
  for (Bank& bank : banks_) {
    visitor.number(bank.open);
    if (bank.open) {
      visitor.number(bank.row);
      visitor.number(bank.columns);
      visitor.moment(bank.last_use);
    }
  }
  for (Rank& rank : ranks_) {
    visitor.number(rank.power);
    visitor.number(rank.open_banks);
    visitor.moment(rank.idle_since);
    rank.refresh.visit(visitor);
  }
  timing_.visit(visitor);
  due_ = Due::everything;
}

void Ddr3Channel::save(StateList& state, Cycle origin) {
  choose_direction();
  for (Rank& rank : ranks_) {
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

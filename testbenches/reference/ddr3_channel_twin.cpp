// SPDX-License-Identifier: Apache-2.0
#include "testbenches/reference/ddr3_channel_twin.h"

#include <algorithm>
#include <stdexcept>

namespace airnn::test {

Ddr3ChannelTwin::Ddr3ChannelTwin(const Ddr3ChannelParams& params, DramListener& listener)
    : params_(params),
      listener_(listener),
      map_(params.mapping, params.part.geometry),
      history_(params.part.timing, params.part.geometry) {
  const Ddr3Geometry& geometry = params_.part.geometry;
  const Cycle refi = params_.part.timing.refi;
  for (std::uint32_t r = 0; r < geometry.ranks; ++r) {
    Rank rank;
    rank.banks.resize(geometry.banks);
    rank.last_refresh = r * refi / geometry.ranks;
    rank.next_due = rank.last_refresh + refi;
    ranks_.push_back(rank);
  }
}

bool Ddr3ChannelTwin::offer(const DramRequest& request) {
  if (offered_) {
    throw std::logic_error("two requests offered in one cycle");
  }
  offered_ = true;
  const Queue& queued = request.is_write ? writes_ : reads_;
  const auto waiting = std::count_if(front_.begin(), front_.end(), [&](const Entry& entry) {
    return entry.request.is_write == request.is_write;
  });
  const std::uint32_t places = request.is_write ? params_.write_queue : params_.read_queue;
  if (queued.size() + static_cast<std::size_t>(waiting) >= places) {
    return false;
  }
  Entry entry;
  entry.request = request;
  entry.place = map_.place(request.address);
  entry.due = now_ + params_.front_end_cycles;
  front_.push_back(entry);
  return true;
}

void Ddr3ChannelTwin::tick() {
  join_queues();
  choose_direction();
  if (params_.refresh) {
    count_refreshes();
  }
  issue_one();
  ++now_;
  offered_ = false;
}

void Ddr3ChannelTwin::join_queues() {
  while (!front_.empty() && front_.front().due <= now_) {
    const Entry& entry = front_.front();
    const auto same_burst = [&](const Entry& other) { return other.place == entry.place; };
    if (entry.request.is_write) {
      if (std::any_of(reads_.begin(), reads_.end(), same_burst)) {
        return;
      }
      writes_.push_back(entry);
    } else if (std::any_of(writes_.begin(), writes_.end(), same_burst)) {
      listener_.served(
          {entry.request.id, false, RowOutcome::forwarded, entry.request.arrival, now_ + 1});
    } else {
      reads_.push_back(entry);
    }
    front_.pop_front();
  }
}

void Ddr3ChannelTwin::choose_direction() {
  const std::size_t percent = 100 * writes_.size();
  if (!writing_) {
    writing_ = percent > std::size_t{params_.drain_high_percent} * params_.write_queue ||
               (!writes_.empty() && reads_.empty());
  } else {
    const bool few = percent < std::size_t{params_.drain_low_percent} * params_.write_queue;
    writing_ = !writes_.empty() && !(few && !reads_.empty());
  }
}

void Ddr3ChannelTwin::count_refreshes() {
  const Ddr3TimingParams& t = params_.part.timing;
  // With so many cycles left a refresh comes in time, whatever the rank does.
  const Cycle lead = t.rcd + t.cwl + 4 + t.wr + t.rp + t.xp;
  for (std::uint32_t r = 0; r < ranks_.size(); ++r) {
    Rank& rank = ranks_[r];
    rank.must_refresh = false;
    if (history_.self_refreshing(r)) {
      continue;
    }
    if (now_ == rank.next_due) {
      ++rank.owed;
      rank.next_due += t.refi;
    }
    rank.must_refresh = rank.owed > std::int64_t{params_.max_postponed} ||
                        (rank.owed == 8 && now_ + lead >= rank.next_due) ||
                        now_ + lead >= rank.last_refresh + 9 * t.refi;
  }
}

void Ddr3ChannelTwin::issue_one() {
  if (refresh_must()) {
    return;
  }
  const std::vector<Candidate> wanted = candidates();
  column_command(wanted) || exit_for_request() || row_command(wanted) || refresh_may() ||
      close_unused() || save_power();
}

bool Ddr3ChannelTwin::refresh_must() {
  for (std::uint32_t r = 0; r < ranks_.size(); ++r) {
    if (ranks_[r].must_refresh) {
      const DramCommand next = history_.powered_down(r) ? DramCommand::power_down_exit
                               : history_.any_open(r)   ? DramCommand::precharge_all
                                                        : DramCommand::refresh;
      if (issue_to_rank(next, r)) {
        return true;
      }
    }
  }
  return false;
}

Ddr3ChannelTwin::Candidate Ddr3ChannelTwin::candidate_of_bank(std::uint32_t rank,
                                                              std::uint32_t bank) const {
  const auto is_here = [&](const Entry& entry) {
    return entry.place.rank == rank && entry.place.bank == bank;
  };
  const Queue& entries = queue();
  const auto oldest = std::find_if(entries.begin(), entries.end(), is_here);
  const auto index = [&](auto entry) { return static_cast<std::size_t>(entry - entries.begin()); };
  const std::optional<std::uint32_t> open = history_.open_row(rank, bank);
  if (!open) {
    return {DramCommand::activate, index(oldest)};
  }
  const auto hit = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) {
    return is_here(entry) && entry.place.row == *open;
  });
  const bool capped = params_.hit_cap > 0 &&
                      ranks_[rank].banks[bank].columns_since_activate >= params_.hit_cap &&
                      oldest->place.row != *open;
  if (hit == entries.end() || capped) {
    return {DramCommand::precharge, index(oldest)};
  }
  return {writing_ ? DramCommand::write : DramCommand::read, index(hit)};
}

std::vector<Ddr3ChannelTwin::Candidate> Ddr3ChannelTwin::candidates() const {
  std::vector<Candidate> all;
  if (queue().empty()) {
    return all;
  }
  if (params_.scheduling == DramScheduling::fcfs) {
    const DramPlace& place = queue().front().place;
    const std::optional<std::uint32_t> open = history_.open_row(place.rank, place.bank);
    const DramCommand column = writing_ ? DramCommand::write : DramCommand::read;
    all.push_back({!open                ? DramCommand::activate
                   : *open == place.row ? column
                                        : DramCommand::precharge,
                   0});
  } else {
    for (std::uint32_t rank = 0; rank < ranks_.size(); ++rank) {
      for (std::uint32_t bank = 0; bank < ranks_[rank].banks.size(); ++bank) {
        if (std::any_of(queue().begin(), queue().end(), [&](const Entry& entry) {
              return entry.place.rank == rank && entry.place.bank == bank;
            })) {
          all.push_back(candidate_of_bank(rank, bank));
        }
      }
    }
    std::sort(all.begin(), all.end(),
              [](const Candidate& a, const Candidate& b) { return a.index < b.index; });
  }
  all.erase(std::remove_if(all.begin(), all.end(),
                           [&](const Candidate& candidate) {
                             return ranks_[queue()[candidate.index].place.rank].must_refresh;
                           }),
            all.end());
  return all;
}

bool Ddr3ChannelTwin::closes_row(const Entry& entry) const {
  if (params_.page_policy != PagePolicy::adaptive) {
    return params_.page_policy == PagePolicy::closed;
  }
  bool other_to_row = false;
  bool other_row_of_bank = false;
  for (const Queue* entries : {&reads_, &writes_}) {
    for (const Entry& other : *entries) {
      if (&other != &entry && other.place.rank == entry.place.rank &&
          other.place.bank == entry.place.bank) {
        (other.place.row == entry.place.row ? other_to_row : other_row_of_bank) = true;
      }
    }
  }
  return !other_to_row && other_row_of_bank;
}

bool Ddr3ChannelTwin::column_command(const std::vector<Candidate>& candidates) {
  for (const Candidate& candidate : candidates) {
    const Entry& entry = queue()[candidate.index];
    if (!is_column(candidate.command)) {
      continue;
    }
    DramCommand command = candidate.command;
    if (closes_row(entry)) {
      command = writing_ ? DramCommand::write_auto : DramCommand::read_auto;
    }
    if (issue(command, entry.place)) {
      serve(candidate.index);
      return true;
    }
  }
  return false;
}

bool Ddr3ChannelTwin::exit_for_request() {
  for (std::uint32_t r = 0; r < ranks_.size(); ++r) {
    if (ranks_[r].must_refresh || !queued_for_rank(r)) {
      continue;
    }
    if ((history_.powered_down(r) && issue_to_rank(DramCommand::power_down_exit, r)) ||
        (history_.self_refreshing(r) && issue_to_rank(DramCommand::self_refresh_exit, r))) {
      return true;
    }
  }
  return false;
}

bool Ddr3ChannelTwin::row_command(const std::vector<Candidate>& candidates) {
  for (const Candidate& candidate : candidates) {
    Entry& entry = queue()[candidate.index];
    DramPlace place = entry.place;
    place.column = 0;
    if (candidate.command == DramCommand::activate && issue(DramCommand::activate, place)) {
      entry.activated = true;
      return true;
    }
    place.row = 0;
    if (candidate.command == DramCommand::precharge && issue(DramCommand::precharge, place)) {
      entry.precharged = true;
      return true;
    }
  }
  return false;
}

bool Ddr3ChannelTwin::refresh_may() {
  for (std::uint32_t r = 0; params_.refresh && r < ranks_.size(); ++r) {
    const Rank& rank = ranks_[r];
    if (rank.must_refresh || queued_for_rank(r) || history_.self_refreshing(r)) {
      continue;
    }
    if (history_.powered_down(r)) {
      if (rank.owed > 0 && issue_to_rank(DramCommand::power_down_exit, r)) {
        return true;
      }
      continue;
    }
    const bool ahead = rank.owed <= 0 && idle_for(r, params_.part.timing.rfc) &&
                       -rank.owed < std::int64_t{params_.max_pulled_in};
    if (rank.owed > 0 || ahead) {
      const DramCommand next =
          history_.any_open(r) ? DramCommand::precharge_all : DramCommand::refresh;
      if (issue_to_rank(next, r)) {
        return true;
      }
    }
  }
  return false;
}

bool Ddr3ChannelTwin::close_unused() {
  if (params_.page_policy != PagePolicy::adaptive || params_.page_timeout_cycles == 0) {
    return false;
  }
  for (std::uint32_t r = 0; r < ranks_.size(); ++r) {
    for (std::uint32_t b = 0; b < ranks_[r].banks.size(); ++b) {
      const bool unused = now_ >= ranks_[r].banks[b].last_use + params_.page_timeout_cycles;
      if (unused && history_.open_row(r, b) && !ranks_[r].must_refresh && !queued_for_bank(r, b) &&
          issue(DramCommand::precharge, {r, b, 0, 0})) {
        return true;
      }
    }
  }
  return false;
}

bool Ddr3ChannelTwin::save_power() {
  for (std::uint32_t r = 0; r < ranks_.size(); ++r) {
    const bool owes = params_.refresh && ranks_[r].owed > 0;
    if (owes || ranks_[r].must_refresh || queued_for_rank(r) || history_.self_refreshing(r)) {
      continue;
    }
    const Cycle self_refresh = params_.self_refresh_after_cycles;
    const Cycle power_down = params_.power_down_after_cycles;
    if (self_refresh > 0 && idle_for(r, self_refresh)) {
      const DramCommand next = history_.powered_down(r) ? DramCommand::power_down_exit
                               : history_.any_open(r)   ? DramCommand::precharge_all
                                                        : DramCommand::self_refresh_enter;
      if (issue_to_rank(next, r)) {
        return true;
      }
    } else if (power_down > 0 && idle_for(r, power_down) && !history_.powered_down(r) &&
               issue_to_rank(DramCommand::power_down_enter, r)) {
      return true;
    }
  }
  return false;
}

bool Ddr3ChannelTwin::queued_for_rank(std::uint32_t rank) const {
  const auto is_here = [&](const Entry& entry) { return entry.place.rank == rank; };
  return std::any_of(reads_.begin(), reads_.end(), is_here) ||
         std::any_of(writes_.begin(), writes_.end(), is_here);
}

bool Ddr3ChannelTwin::queued_for_bank(std::uint32_t rank, std::uint32_t bank) const {
  const auto is_here = [&](const Entry& entry) {
    return entry.place.rank == rank && entry.place.bank == bank;
  };
  return std::any_of(reads_.begin(), reads_.end(), is_here) ||
         std::any_of(writes_.begin(), writes_.end(), is_here);
}

bool Ddr3ChannelTwin::idle_for(std::uint32_t rank, Cycle cycles) const {
  return now_ >= ranks_[rank].idle_since + cycles;
}

bool Ddr3ChannelTwin::issue_to_rank(DramCommand command, std::uint32_t rank) {
  return issue(command, {rank, 0, 0, 0});
}

bool Ddr3ChannelTwin::issue(DramCommand command, const DramPlace& place) {
  if (!history_.legal(command, place, now_)) {
    return false;
  }
  const CommandIssued event{now_, command, place};
  history_.record(event);
  listener_.issued(event);

  const Ddr3TimingParams& t = params_.part.timing;
  Rank& rank = ranks_[place.rank];
  Bank& bank = rank.banks[place.bank];
  if (command == DramCommand::activate || is_column(command)) {
    bank.last_use = now_;
    bank.columns_since_activate =
        command == DramCommand::activate ? 0 : bank.columns_since_activate + 1;
  }
  if (command == DramCommand::refresh) {
    --rank.owed;
    rank.last_refresh = now_;
  } else if (command == DramCommand::self_refresh_exit) {
    rank.owed = 1;
    rank.next_due = now_ + t.refi;
    rank.last_refresh = now_;
  }
  switch (command) {
    case DramCommand::precharge:
    case DramCommand::precharge_all:
    case DramCommand::power_down_enter:
    case DramCommand::power_down_exit:
      break;
    default:
      rank.idle_since = now_ + (command == DramCommand::refresh ? t.rfc : 1);
  }
  return true;
}

void Ddr3ChannelTwin::serve(std::size_t index) {
  const Ddr3TimingParams& t = params_.part.timing;
  const Entry entry = queue()[index];
  const RowOutcome outcome = entry.precharged  ? RowOutcome::conflict
                             : entry.activated ? RowOutcome::miss
                                               : RowOutcome::hit;
  const Cycle latency = (writing_ ? t.cwl : t.cl) + Ddr3TimingParams::kBurst;
  queue().erase(queue().begin() + static_cast<std::ptrdiff_t>(index));
  listener_.served({entry.request.id, writing_, outcome, entry.request.arrival, now_ + latency});
}

}  // namespace airnn::test

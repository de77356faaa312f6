// SPDX-License-Identifier: Apache-2.0
#include "testbenches/support/dram_soak.h"

#include <algorithm>
#include <array>

#include "testbenches/reference/ddr3_checker.h"
#include "testbenches/support/stall_policy.h"

namespace airnn::test {

namespace {

/// A request from its acceptance to its completion. Places are used again, as many as can wait.
struct Waiting {
  bool is_waiting = false;
  bool is_write = false;
  Cycle accepted = 0;
  std::uint64_t number = 0;  ///< in the order of acceptance
};

/// Keeps what a channel does until it is compared.
class Kept final : public DramListener {
 public:
  void issued(const CommandIssued& event) override { commands.push_back(event); }
  void served(const RequestServed& event) override { services.push_back(event); }

  std::vector<CommandIssued> commands;
  std::vector<RequestServed> services;
};

bool is_same(const CommandIssued& a, const CommandIssued& b) {
  return a.cycle == b.cycle && a.command == b.command && a.place == b.place;
}

bool is_same(const RequestServed& a, const RequestServed& b) {
  return a.id == b.id && a.is_write == b.is_write && a.outcome == b.outcome &&
         a.arrival == b.arrival && a.complete == b.complete;
}

/// Empties both.
template <typename Event>
bool take_same(std::vector<Event>& a, std::vector<Event>& b) {
  const bool same = a.size() == b.size() &&
                    std::equal(a.begin(), a.end(), b.begin(),
                               [](const Event& x, const Event& y) { return is_same(x, y); });
  a.clear();
  b.clear();
  return same;
}

Ddr3ChannelParams without_shortcuts(Ddr3ChannelParams params) {
  params.takes_shortcuts = false;
  return params;
}

class Soaked final : public DramListener {
 public:
  Soaked(const Ddr3ChannelParams& params, std::uint64_t seed)
      : params_(params),
        seed_(seed),
        checker_(params.part.timing, params.part.geometry, {params.refresh}),
        channel_(params, *this),
        careful_channel_(without_shortcuts(params), careful_),
        waiting_(params.read_queue + params.write_queue) {
    for (std::uint64_t id = 0; id < waiting_.size(); ++id) {
      free_ids_.push_back(id);
    }
  }

  DramSoakResult run(std::uint64_t requests) {
    while (result_.requests < requests && result_.problem.empty()) {
      run_batch();
    }
    finish();
    return result_;
  }

  void issued(const CommandIssued& event) override {
    ++result_.commands;
    quick_.issued(event);
    checker_.check(event);
  }

  void served(const RequestServed& event) override {
    quick_.served(event);
    Waiting& request = waiting_[event.id];
    if (!request.is_waiting || request.is_write != event.is_write ||
        request.accepted != event.arrival) {
      report("a request completed that did not wait");
      return;
    }
    const Cycle wait = event.complete - request.accepted;
    result_.longest_wait = std::max(result_.longest_wait, wait);
    if (wait > bound_) {
      report("a request waited for " + std::to_string(wait) + " cycles, more than " +
             std::to_string(bound_));
    }
    std::uint64_t& last = last_number_[event.is_write ? 1 : 0];
    if (params_.scheduling == DramScheduling::fcfs && event.outcome != RowOutcome::forwarded) {
      if (request.number < last) {
        report("fcfs served a request before an older one");
      }
      last = request.number;
    }
    request.is_waiting = false;
    free_ids_.push_back(event.id);
  }

 private:
  std::uint64_t below(std::uint64_t limit) { return scrambled(seed_, count_++) % limit; }
  template <typename T>
  T one_of(std::initializer_list<T> choices) {
    return choices.begin()[below(choices.size())];
  }

  void run_batch() {
    const std::uint64_t batch = 1 + below(DramSoak::kLongestBatch);
    const StallPolicy stalls = StallPolicy::random(below(~0ULL), one_of({0U, 0U, 50U, 95U}));
    const std::uint64_t writes = one_of({0U, 10U, 30U, 50U, 90U, 100U});
    const std::uint64_t streams = one_of({0U, 50U, 95U});
    const std::uint64_t footprint = one_of<std::uint64_t>({1 << 14, 1 << 18, 1ULL << 33});
    bound_ = DramSoak::longest_wait(params_, batch);
    // Long enough for self-refresh at times.
    Cycle cycle = channel_.now() + one_of<Cycle>({0, 0, 20, 100, 1000, 12000});
    std::uint64_t address = below(footprint);
    for (std::uint64_t i = 0; i < batch; ++i) {
      address = below(100) < streams ? address + 64 : below(footprint);
      DramRequest request;
      request.address = address % footprint;
      request.is_write = below(100) < writes;
      cycle = channel_.run_until_room(request, cycle);
      while (stalls.stalls(cycle)) {
        ++cycle;
      }
      channel_.run_until(cycle);
      careful_channel_.run_until(cycle);
      accept(request, cycle++);
    }
    channel_.run_until_idle();
    careful_channel_.run_until(channel_.now());
    if (!take_same(quick_.commands, careful_.commands) ||
        !take_same(quick_.services, careful_.services)) {
      report("a shortcut changed what the channel does");
    }
    result_.requests += batch;
    if (free_ids_.size() != waiting_.size()) {
      report("a request of a batch never completed");
    }
    if (!checker_.violations().empty()) {
      report(checker_.violations().front().text());
    }
  }

  void accept(DramRequest& request, Cycle cycle) {
    request.id = free_ids_.back();
    free_ids_.pop_back();
    request.arrival = cycle;
    waiting_[request.id] = {true, request.is_write, cycle, next_number_++};
    channel_.accept(request, cycle);
    careful_channel_.accept(request, cycle);
  }

  void finish() {
    result_.cycles = channel_.now();
    checker_.finish(channel_.now());
    if (!checker_.violations().empty()) {
      report(checker_.violations().front().text());
    }
  }

  void report(const std::string& problem) {
    if (result_.problem.empty()) {
      result_.problem = problem + ", in cycle " + std::to_string(channel_.now());
    }
  }

  const Ddr3ChannelParams& params_;
  std::uint64_t seed_;
  std::uint64_t count_ = 0;
  Ddr3Checker checker_;
  Ddr3Channel channel_;
  Ddr3Channel careful_channel_;
  Kept quick_;
  Kept careful_;
  std::vector<Waiting> waiting_;  ///< by id
  std::vector<std::uint64_t> free_ids_;
  std::uint64_t next_number_ = 0;
  std::array<std::uint64_t, 2> last_number_{};  ///< served, of reads and of writes
  Cycle bound_ = 0;
  DramSoakResult result_;
};

}  // namespace

std::vector<Ddr3ChannelParams> DramSoak::cases() {
  std::vector<Ddr3ChannelParams> all;
  Ddr3ChannelParams params;
  for (const auto& [scheduling, hit_cap] :
       {std::pair(DramScheduling::fcfs, 0U), std::pair(DramScheduling::fr_fcfs, 0U),
        std::pair(DramScheduling::fr_fcfs, 4U)}) {
    params.scheduling = scheduling;
    params.hit_cap = hit_cap;
    for (const PagePolicy page : {PagePolicy::open, PagePolicy::closed, PagePolicy::adaptive}) {
      params.page_policy = page;
      for (const std::uint32_t ranks : {1U, 2U}) {
        params.part.geometry.ranks = ranks;
        params.mapping = ranks == 1 ? "ro:ba:co" : "ro:ba:ra:co";
        for (const auto& [postponed, pulled_in] :
             {std::pair(0U, 0U), std::pair(8U, 0U), std::pair(0U, 8U), std::pair(8U, 8U)}) {
          params.max_postponed = postponed;
          params.max_pulled_in = pulled_in;
          for (const auto& [power_down, self_refresh] :
               {std::pair(0, 0), std::pair(30, 0), std::pair(30, 6000)}) {
            params.power_down_after_cycles = static_cast<Cycle>(power_down);
            params.self_refresh_after_cycles = static_cast<Cycle>(self_refresh);
            all.push_back(params);
          }
        }
      }
    }
  }
  return all;
}

Cycle DramSoak::longest_wait(const Ddr3ChannelParams& params, std::uint64_t batch) {
  const Ddr3TimingParams& t = params.part.timing;
  const Cycle write_end = t.cwl + Ddr3TimingParams::kBurst + t.wr;
  const Cycle closed = std::max({t.rc, t.ras + t.rp, write_end + t.rp});
  const Cycle turned = t.cl + t.cwl + Ddr3TimingParams::kBurst + t.wtr + t.rtrs;
  // Each of the three commands may find the bus taken, by PDX and REF of ranks at most.
  const Cycle bus = 3 * 2 * params.part.geometry.ranks;
  const Cycle step =
      std::max(closed + t.faw + t.rcd, turned) + params.front_end_cycles + t.cke + t.xp + bus;
  const double refresh = static_cast<double>(t.rfc + step);
  const double self_refresh = static_cast<double>(t.ckesr + t.xsdll + t.rfc + 2 * step);
  double fixed = refresh * (params.max_postponed + params.max_pulled_in + 2);
  double share = refresh / static_cast<double>(t.refi);
  if (params.self_refresh_after_cycles > 0) {
    fixed += self_refresh;
    share += self_refresh / static_cast<double>(params.self_refresh_after_cycles);
  }
  const double ranks = params.part.geometry.ranks;
  const double work = static_cast<double>(2 * batch * step);
  return static_cast<Cycle>((work + ranks * fixed) / (1 - ranks * share));
}

DramSoakResult DramSoak::run(const Ddr3ChannelParams& params, std::uint64_t seed,
                             std::uint64_t requests) {
  return Soaked(params, seed).run(requests);
}

}  // namespace airnn::test

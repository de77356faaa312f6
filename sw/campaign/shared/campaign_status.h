// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sw/campaign/shared/claims.h"

namespace airnn {

/// How far an evaluation is that processes share, as its folder tells.
struct CampaignStatus {
  bool is_search = false;  ///< its points are those that are known so far
  std::size_t points = 0;
  std::size_t done = 0;
  std::size_t failed = 0;
  std::size_t at_work = 0;             ///< of those that are left: a step of it is being done
  bool is_described = false;           ///< as a whole; of a part --finish may have written tables
  std::vector<WorkerNote> workers;     ///< alive
  std::vector<std::string> lost;       ///< files of workers that are not
  std::optional<double> seconds_left;  ///< nothing: nobody is at work, or nothing is done yet

  std::size_t left() const { return points - done - failed; }
};

/// Needs the folder only, may be called while workers are at work, and changes nothing. Throws
/// UserError if there is no plan.
CampaignStatus campaign_status(const std::string& folder);

/// For a person: a line on the whole, and one for each worker.
std::string status_text(const CampaignStatus& status, const std::string& folder);
/// The same for a program.
std::string status_json(const CampaignStatus& status);

}  // namespace airnn

// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/campaign_arguments.h"

#include "sw/cli/option_values.h"

namespace airnn {

void CampaignArguments::add_to(Options& app, const std::string& described) {
  jobs_ = default_jobs();
  app.add_option("experiment", experiment_, described)->required()->type_name("EXPERIMENT");
  app.add_option("--out", out_, "Folder for images, runs and evaluation.json")
      ->required()
      ->type_name("DIR");
  app.add_option("--jobs", jobs_, "Worker processes; the result does not depend on them")
      ->capture_machine_default()
      ->type_name("N");
  app.add_flag("--resume", resume_, "Go on with what the folder has");
}

CampaignOptions CampaignArguments::options() const {
  CampaignOptions options;
  options.out = out_;
  options.resume = resume_;
  options.workers = static_cast<unsigned>(jobs_option(jobs_));
  return options;
}

}  // namespace airnn

// SPDX-License-Identifier: Apache-2.0
#include "testbenches/contract/added_tables.h"

#include "testbenches/contract/added_executors.h"
#include "testbenches/contract/added_searches.h"

namespace airnn::test {

CampaignTables added_tables() {
  CampaignTables tables;
  tables.executors.push_back({"reversed", [](unsigned workers) -> std::unique_ptr<Executor> {
                                return std::make_unique<ReversedExecutor>(workers);
                              }});
  tables.executors.push_back({"forking", [](unsigned workers) -> std::unique_ptr<Executor> {
                                return std::make_unique<ForkingExecutor>(workers);
                              }});
  tables.executors.push_back({"shared", [](unsigned workers) -> std::unique_ptr<Executor> {
                                return std::make_unique<LonelyWorker>(workers);
                              }});
  tables.searches.push_back({"drawn", [](const ExperimentSuite& suite) -> std::unique_ptr<Search> {
                               return std::make_unique<RandomSearch>(suite, 7);
                             }});
  tables.searches.push_back(
      {"climbing", [](const ExperimentSuite& suite) -> std::unique_ptr<Search> {
         return std::make_unique<ClimbingSearch>(suite);
       }});
  return tables;
}

}  // namespace airnn::test

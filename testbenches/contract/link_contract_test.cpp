// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "testbenches/contract/late_link.h"
#include "testbenches/contract/link_contract.h"
#include "testbenches/support/sim_test.h"

namespace airnn::test {
namespace {

using testing::Contains;
using testing::IsEmpty;

class LinkKeeps : public SimTest {
 protected:
  std::vector<std::string> broken_by(WiringStage* stage) {
    LinkContract contract(clock_, stage);
    run([&] { contract.drive(); });
    return contract.broken();
  }
  std::vector<std::string> broken_by(LinkError error) {
    LateLink link(3, error);
    return broken_by(&link);
  }
};

TEST_F(LinkKeeps, TheContractAsDirectBinding) {
  EXPECT_THAT(broken_by(nullptr), IsEmpty());
}

TEST_F(LinkKeeps, TheContractThreeCyclesLate) {
  EXPECT_THAT(broken_by(LinkError::none), IsEmpty());
}

TEST_F(LinkKeeps, NoContractWhenItemsAreEarly) {
  EXPECT_THAT(broken_by(LinkError::early), Contains("an item arrives before it is ready"));
}

TEST_F(LinkKeeps, NoContractWhenItemsAreUneven) {
  EXPECT_THAT(broken_by(LinkError::uneven),
              Contains("two items arrive in one cycle, or in another order"));
}

TEST_F(LinkKeeps, NoContractWhenATrainIsFasterThanItsItems) {
  EXPECT_THAT(broken_by(LinkError::train_on_time),
              Contains("an item of a train arrives in another cycle than a single one"));
}

TEST_F(LinkKeeps, NoContractWhenATrainsCreditsAreFasterThanThoseOfItems) {
  EXPECT_THAT(
      broken_by(LinkError::train_credit_early),
      Contains("the credits of a train are back in another cycle than those of single items"));
}

TEST_F(LinkKeeps, NoContractWhenRowsAreBeforeTheirMap) {
  EXPECT_THAT(broken_by(LinkError::rows_on_time),
              Contains("the rows of a map are not as late as the map"));
}

}  // namespace
}  // namespace airnn::test

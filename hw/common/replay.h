// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace airnn {

enum class ReplayMode {
  on,
  off,      ///< AIRNN_NO_REPLAY=1: nothing is remembered, and all is worked out each time
  checked,  ///< AIRNN_CHECK_REPLAY=1: what is remembered is worked out, too, and compared
};

/// What the environment says; it is read once. Throws ConfigError for another value than 0 or 1.
ReplayMode replay_mode();

/// Ends the run by model_failure(): under one name there was something else before.
[[noreturn]] void refuse_replay(const std::string& what);

/// What went like this before: values by a key that names all they depend on. A key is a name that
/// promises equal data (ContentId), the data themselves, or the shared pointer to something that
/// nobody can change, which is then kept, so that no other can take its address.
///
/// It is bounded: what comes when it is full is not kept, as what is gone through again and again
/// comes in turn, and the oldest would be needed first. What is kept stays where it is until it is
/// forgotten.
template <typename Key, typename Value, typename Order = std::less<>>
class Replay {
  static_assert(!std::is_pointer_v<Key>, "another can have the address; take the shared pointer");

 public:
  /// `what` names it in messages. `most`: sum of the weights of what is kept; a weight is 1 if
  /// nothing else is said.
  Replay(const char* what, std::size_t most)
      : what_(what), mode_(replay_mode()), most_(mode_ == ReplayMode::off ? 0 : most) {}

  /// Null if it is not known. Counts what is found.
  template <typename Similar>
  Value* find(const Similar& key) {
    Value* const value = peek(key);
    hits_ += value != nullptr ? 1 : 0;
    return value;
  }
  /// The same without counting.
  template <typename Similar>
  Value* peek(const Similar& key) {
    const auto known = entries_.find(key);
    return known == entries_.end() ? nullptr : &known->second.value;
  }
  template <typename Similar>
  const Value* peek(const Similar& key) const {
    const auto known = entries_.find(key);
    return known == entries_.end() ? nullptr : &known->second.value;
  }
  /// The same for who compares the data where nothing is known, and need not be checked for that.
  template <typename Similar>
  Value* trust(const Similar& key) {
    return checks() ? nullptr : find(key);
  }
  /// The value of the key, which `make` makes where it is not known. One that could not be kept is
  /// good until the next call. `equal` compares what is remembered, if it is to be checked.
  template <typename Make, typename Equal = std::equal_to<>>
  Value& get(const Key& key, const Make& make, const Equal& equal = Equal()) {
    if (Value* known = find(key)) {
      if (checks()) {
        check(equal(*known, make()));
      }
      return *known;
    }
    if (has_room()) {
      return *keep(key, make());
    }
    return unkept_.emplace(make());
  }

  bool has_room(std::size_t weight = 1) const { return weight <= most_ - kept_; }
  /// In the place of what was known of the key. Null, and nothing is changed, if there is no room.
  Value* keep(const Key& key, Value value, std::size_t weight = 1) {
    forget(key);
    if (!has_room(weight)) {
      return nullptr;
    }
    kept_ += weight;
    return &entries_.emplace(key, Entry{std::move(value), weight}).first->second.value;
  }
  void forget(const Key& key) {
    const auto known = entries_.find(key);
    if (known != entries_.end()) {
      kept_ -= known->second.weight;
      entries_.erase(known);
    }
  }
  void clear() {
    entries_.clear();
    kept_ = 0;
  }

  /// What is found is to be compared with what it would be without.
  bool checks() const { return mode_ == ReplayMode::checked; }
  /// Ends the run if it was not equal.
  void check(bool is_equal) const {
    if (!is_equal) {
      refuse_replay(what_);
    }
  }
  std::size_t size() const { return entries_.size(); }
  /// How often something was found.
  std::uint64_t hits() const { return hits_; }

 private:
  struct Entry {
    Value value;
    std::size_t weight;
  };

  const char* what_;
  ReplayMode mode_;
  std::size_t most_;
  std::size_t kept_ = 0;
  std::uint64_t hits_ = 0;
  std::map<Key, Entry, Order> entries_;
  std::optional<Value> unkept_;
};

/// Room for the fetches of an image: an image has at most 32,767 iterations, and each of them words
/// and tables. More only come of bytes that change.
inline constexpr std::size_t kMostContents = std::size_t{1} << 16;

}  // namespace airnn

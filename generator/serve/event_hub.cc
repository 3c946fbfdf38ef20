#include "serve/event_hub.h"

#include <algorithm>

namespace qunying {

SharedSnapshot EventHub::current() const {
    const std::lock_guard guard(mutex_);
    return current_;
}

void EventHub::publish(std::shared_ptr<const MemoryTree> tree, Findings findings,
                       std::shared_ptr<const PictureList> pictures) {
    const std::lock_guard guard(mutex_);
    const bool same = current_->version > 0 && current_->tree == tree && current_->findings == findings &&
                      current_->pictures == pictures;
    if (same) return;
    current_ = std::make_shared<const Snapshot>(
        Snapshot{current_->version + 1, std::move(tree), std::move(findings), std::move(pictures)});
    news_.notify_all();
}

bool EventHub::is_listening(std::uint64_t listener) const {
    return std::find(listeners_.begin(), listeners_.end(), listener) != listeners_.end();
}

std::uint64_t EventHub::join() {
    const std::lock_guard guard(mutex_);
    listeners_.push_back(++last_listener_);
    if (listeners_.size() > most_listeners) {
        listeners_.pop_front();
        news_.notify_all();
    }
    return last_listener_;
}

void EventHub::leave(std::uint64_t listener) {
    const std::lock_guard guard(mutex_);
    std::erase(listeners_, listener);
}

EventHub::Waited EventHub::wait(std::uint64_t listener, std::uint64_t seen,
                                std::chrono::milliseconds at_most) {
    std::unique_lock lock(mutex_);
    news_.wait_for(lock, at_most,
                   [&] { return closed_ || current_->version != seen || !is_listening(listener); });
    if (closed_) return {Wake::closed, current_};
    if (!is_listening(listener)) return {Wake::displaced, current_};
    return {current_->version != seen ? Wake::news : Wake::nothing, current_};
}

void EventHub::close() {
    const std::lock_guard guard(mutex_);
    closed_ = true;
    news_.notify_all();
}

}  // namespace qunying

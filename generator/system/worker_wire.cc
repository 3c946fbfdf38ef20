#include "system/worker_wire.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace qunying {
namespace {

constexpr std::size_t control_size = CMSG_SPACE(sizeof(int) * 2);

bool send_message(int socket, const msghdr& message) {
    while (true) {
        if (sendmsg(socket, &message, MSG_NOSIGNAL) >= 0) return true;
        if (errno != EINTR) return false;
    }
}

// Takes the descriptors out of a message; what is not asked for is closed by their owner all the same.
void take_descriptors(msghdr& message, std::array<OwnedDescriptor, 2>& out) {
    for (cmsghdr* control = CMSG_FIRSTHDR(&message); control != nullptr;
         control = CMSG_NXTHDR(&message, control)) {
        if (control->cmsg_level != SOL_SOCKET || control->cmsg_type != SCM_RIGHTS) continue;
        const std::size_t count = (control->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        std::array<int, 2> numbers{-1, -1};
        std::memcpy(numbers.data(), CMSG_DATA(control), std::min<std::size_t>(count, 2) * sizeof(int));
        for (std::size_t i = 0; i < 2; ++i) out[i] = OwnedDescriptor(numbers[i]);
    }
}

}  // namespace

void OwnedDescriptor::reset() {
    if (descriptor_ >= 0) close(descriptor_);
    descriptor_ = -1;
}

bool send_packet(int socket, const Packet& packet, std::string_view text) {
    text = text.substr(0, largest_greeting);
    Packet copy = packet;
    std::string body(text);
    std::array<iovec, 2> parts{{{&copy, sizeof copy}, {body.data(), body.size()}}};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = text.empty() ? 1 : 2;
    return send_message(socket, message);
}

bool send_packet(int socket, const Packet& packet, const std::array<int, 2>& descriptors) {
    Packet copy = packet;
    iovec part{&copy, sizeof copy};
    alignas(cmsghdr) std::array<char, control_size> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof descriptors);
    std::memcpy(CMSG_DATA(header), descriptors.data(), sizeof descriptors);
    return send_message(socket, message);
}

std::optional<Received> receive_packet(int socket) {
    Received received;
    received.text.resize(largest_greeting);
    std::array<iovec, 2> parts{
        {{&received.packet, sizeof received.packet}, {received.text.data(), received.text.size()}}};
    alignas(cmsghdr) std::array<char, control_size> control{};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    ssize_t size = -1;
    do size = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (size < 0 && errno == EINTR);
    if (size < 0) return std::nullopt;
    take_descriptors(message, received.descriptors);
    const auto bytes = static_cast<std::size_t>(size);
    if (bytes < sizeof received.packet || received.packet.version != wire_version) return std::nullopt;
    received.text.resize(bytes - sizeof received.packet);
    return received;
}

bool write_all(int descriptor, std::string_view bytes, std::size_t at) {
    while (!bytes.empty()) {
        const ssize_t written = pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(at));
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
        at += static_cast<std::size_t>(written);
    }
    return true;
}

}  // namespace qunying

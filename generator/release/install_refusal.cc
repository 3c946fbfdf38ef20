#include "release/install_refusal.h"

#include "base/text.h"

namespace qunying {
namespace {

struct Words {
    Refusal why;
    int exit_code;
    const char* chinese;
    const char* english;
};

// {0} is what was found, {1} what was expected.
constexpr Words all_words[] = {
    {Refusal::no_pack, 1, "这里没有更新包：{0}\n请检查 U 盘是否插好，里面应有名为 qunying-pack 的文件夹。",
     "There is no pack here: {0}\nLook whether the stick holds a folder named qunying-pack."},
    {Refusal::newer_format, 1,
     "这个更新包是用更新的程序制作的，本机的程序认不得，没有安装。请先更新本机的 qunying-install。",
     "This pack was made by a newer program than the one here; nothing was installed. Update "
     "qunying-install."},
    {Refusal::damaged, 1, "更新包已损坏（{0}），没有安装，屏幕上仍是原来的内容。请重新拷贝一份再试。",
     "The pack is damaged ({0}); nothing was installed, and the screen shows what it showed. Copy it again."},
    {Refusal::cut_short, 1,
     "更新包不完整（{0}），没有安装，屏幕上仍是原来的内容。请重新拷贝，拷完先“安全弹出”，再拔 U 盘。",
     "The pack is not whole ({0}); nothing was installed, and the screen shows what it showed. Copy it "
     "again, and "
     "eject the stick before you pull it."},
    {Refusal::unknown_key, 1,
     "更新包不是由本机信任的单位签发的，没有安装。请向制作单位核对；他们若是另换了一套密钥，请把新的信任文件"
     "（.pub）"
     "拿到本机来。",
     "The pack is not signed by a key that this machine trusts; nothing was installed. Ask who made it; if "
     "they "
     "began with new keys, bring their new trust file (.pub)."},
    {Refusal::old_key, 1,
     "更新包是用已经停用的旧密钥签发的（第 {0} 任，本机只认第 {1} "
     "任及以后的），没有安装。请向制作单位要用新密钥签发"
     "的更新包。",
     "The pack is signed by an old key (epoch {0}; {1} is the oldest that is taken); nothing was installed. "
     "Ask for "
     "one that is signed by the new key."},
    {Refusal::wrong_audience, 1, "这不是给场馆大屏用的更新包，没有安装。请用 qunying bundle 制作的更新包。",
     "This pack is not for a venue; nothing was installed. Use one that qunying bundle made."},
    {Refusal::other_site, 1,
     "这个更新包属于另一个网站（{0}），本机显示的是 {1}，没有安装。请看看是不是拿错了 U 盘。",
     "This pack belongs to another site ({0}); this screen shows {1}. Nothing was installed. Is it the right "
     "stick?"},
    {Refusal::other_venue, 1,
     "这个更新包是给另一个场馆（{0}）的，本机是 {1}，没有安装。请看看是不是拿错了 U "
     "盘；确实要换场馆的，请加上 "
     "--venue {0}。",
     "This pack is for another venue ({0}); this is {1}. Nothing was installed. Is it the right stick? To "
     "change the "
     "venue, add --venue {0}."},
    {Refusal::older, 1,
     "更新包（{0}）比本机装过的内容（{1}）旧，没有安装，屏幕上仍是原来的内容。请换用最新的更新包。",
     "The pack ({0}) is older than what this machine has had ({1}); nothing was installed. Use the newest "
     "one."},
    {Refusal::too_large, 1,
     "更新包有 {0}，超过上限 {1}，没有安装。确实这么大的，请让管理员用 --max-size 放宽上限。",
     "The pack has {0}, more than the limit of {1}; nothing was installed. If that is right, raise it with "
     "--max-size."},
    {Refusal::no_room, 3,
     "本机空间不够：还需要 {0}，只剩 {1}。没有安装，屏幕上仍是原来的内容。请腾出空间后再试。",
     "There is not enough room: {0} more are needed, {1} are free. Nothing was installed; make room and try "
     "again."},
    {Refusal::failed_before, 1, "这一版（{0}）曾经三次启动都没有成功，不再安装。请向制作单位要新的更新包。",
     "This release ({0}) failed to start three times and is not installed again. Ask for a new pack."},
    {Refusal::stick_broke, 3,
     "读取更新包时中断了（{0}），可能是 U "
     "盘被拔出或接触不良。屏幕上仍是原来的内容；请重新插好再试，已经拷好的部分不用"
     "重来。",
     "Reading the pack broke off ({0}): was the stick pulled? The screen shows what it showed. Plug it in "
     "again and "
     "retry; what was copied is kept."},
    {Refusal::no_curl, 3, "从网上更新要用到 curl 程序，本机没有。请安装 curl，或者改用 U 盘更新。",
     "Updating from the network needs the program curl, which is not installed. Install it, or use a stick."},
    {Refusal::unreachable, 3,
     "从服务器下载时中断了（{0}"
     "）。屏幕上仍是原来的内容；请检查网络和网址，稍后再试，已经下载的部分不用重来。",
     "The download broke off ({0}). The screen shows what it showed. Check the network and the address and "
     "try "
     "again; what was fetched is kept."},
    {Refusal::not_on_server, 3, "服务器上没有这个文件：{0}\n请检查网址；如果服务器正在更新，请过几分钟再试。",
     "The server does not have {0}\nCheck the address; if the server is just being updated, try again in "
     "some minutes."},
    {Refusal::no_ranges, 3,
     "这台服务器不能只传文件的一部分（HTTP Range），无法从它更新：{0}\n请让管理员打开这项功能，或者改用 U "
     "盘更新。",
     "This server cannot send parts of files (HTTP ranges): {0}\nHave them switched on, or use a stick."},
    {Refusal::busy, 3, "另一个安装正在进行，请等它结束后再试。",
     "Another installation is running; wait for its end."},
    {Refusal::not_our_folder, 2, "文件夹“{0}”里有别的东西，不像是放展示内容的，没有改动。请换一个空文件夹。",
     "The folder {0} holds something else and was not touched. Use an empty one."},
    {Refusal::bad_trust, 2, "“{0}”不是信任文件，或者已经损坏。请用制作单位给的 .pub 文件。",
     "{0} is no trust file, or a damaged one. Use the .pub file of whoever makes the packs."},
    {Refusal::nothing_installed, 3,
     "“{0}”里还没有装过内容。请先插上 U 盘安装一次：qunying-install install U盘 --to {0} --trust "
     "信任文件.pub",
     "Nothing is installed in {0} yet. Install a pack first: qunying-install install STICK --to {0} --trust "
     "KEY.pub"},
    {Refusal::nothing_verified, 3,
     "“{0}”里的内容都已损坏，不能显示。请插上有更新包的 U "
     "盘重新安装；换过以后还这样的，硬盘可能坏了，请联系管理员。",
     "All that is installed in {0} is damaged and cannot be shown. Install from a stick again; if that does "
     "not "
     "help, the disk may be failing."},
};

const Words& words_of(Refusal why) {
    for (const Words& words : all_words) {
        if (words.why == why) return words;
    }
    return all_words[0];
}

}  // namespace

Refused::Refused(Refusal why, std::string found, std::string expected)
    : why_(why),
      found_(std::move(found)),
      expected_(std::move(expected)),
      what_(refusal_text(*this, Language::english)) {}

std::string refusal_text(const Refused& refused, Language language) {
    const Words& words = words_of(refused.why());
    const char* text = language == Language::chinese ? words.chinese : words.english;
    return replace_all(replace_all(text, "{1}", refused.expected()), "{0}", refused.found());
}

int exit_code_of(Refusal why) { return words_of(why).exit_code; }

std::string amount_text(std::uint64_t bytes) {
    constexpr const char* units[] = {"B", "KB", "MB", "GB", "TB"};
    std::size_t unit = 0;
    std::uint64_t scaled = bytes * 10;  // tenths, in whole numbers
    for (; scaled >= 10'000 && unit < 4; ++unit) scaled = (scaled + 500) / 1000;
    const std::string tenths = unit > 0 && scaled < 1000 ? "." + std::to_string(scaled % 10) : "";
    return std::to_string(scaled / 10) + tenths + " " + units[unit];
}

}  // namespace qunying

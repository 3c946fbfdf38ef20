// The floor of writing: what this disk takes for as many small files, with one writer.
//
//   write_floor FOLDER FILES BYTES fresh|same|link|remove
//
// `fresh` makes them, a thousand to a folder; `same` reads them back and compares; `link` makes a second tree
// of hard links beside (FOLDER.links), as a build does for pages that did not change; `remove` takes that
// tree away.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

namespace {

constexpr int files_a_folder = 1000;

void must(bool done, const std::string& path) {
    if (!done) throw std::runtime_error(path);
}

std::string folder_of(const std::string& root, int number) {
    return root + "/" + std::to_string(number / files_a_folder);
}

std::string path_of(const std::string& root, int number) {
    return folder_of(root, number) + "/p" + std::to_string(number) + ".html";
}

// No two files are alike.
std::string content_of(int number, std::size_t bytes) {
    std::string text(bytes, 'x');
    std::memcpy(text.data(), &number, sizeof number);
    return text;
}

void make_folder_for(const std::string& root, int number) {
    if (number == 0) mkdir(root.c_str(), 0755);
    if (number % files_a_folder == 0) must(mkdir(folder_of(root, number).c_str(), 0755) == 0, root);
}

void write_fresh(const std::string& root, int number, std::size_t bytes) {
    make_folder_for(root, number);
    const std::string path = path_of(root, number), text = content_of(number, bytes);
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    must(file >= 0 && write(file, text.data(), bytes) == static_cast<ssize_t>(bytes), path);
    close(file);
}

void compare(const std::string& root, int number, std::size_t bytes) {
    const std::string path = path_of(root, number), expected = content_of(number, bytes);
    std::string text(bytes, '\0');
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    must(file >= 0 && read(file, text.data(), bytes) == static_cast<ssize_t>(bytes), path);
    close(file);
    must(text == expected, path);
}

void hard_link(const std::string& root, int number) {
    const std::string copy = root + ".links";
    make_folder_for(copy, number);
    must(link(path_of(root, number).c_str(), path_of(copy, number).c_str()) == 0, path_of(copy, number));
}

void run(const std::string& root, int files, std::size_t bytes, std::string_view mode) {
    if (mode == "remove") {
        std::filesystem::remove_all(root + ".links");
        return;
    }
    for (int number = 0; number < files; ++number) {
        if (mode == "fresh") write_fresh(root, number, bytes);
        if (mode == "same") compare(root, number, bytes);
        if (mode == "link") hard_link(root, number);
    }
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 5) return std::fputs("write_floor FOLDER FILES BYTES fresh|same|link|remove\n", stderr), 2;
    try {
        run(arguments[1], std::atoi(arguments[2]), static_cast<std::size_t>(std::atol(arguments[3])),
            arguments[4]);
    } catch (const std::runtime_error& error) {
        return std::perror(error.what()), 1;
    }
}

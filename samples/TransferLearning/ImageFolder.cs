namespace TransferLearning;

/// <summary>Finds pictures in a folder that has one sub-folder a class.</summary>
internal static class ImageFolder
{
    /// <summary>The fewest pictures of a class: one to train with, one to test with.</summary>
    internal const int MinPicturesPerClass = 2;

    private static readonly HashSet<string> Extensions =
        new([".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the pictures with their classes, in the order of their names.</summary>
    /// <exception cref="UsageException">The folder is missing or not built as needed.</exception>
    internal static IReadOnlyList<Picture> List(string folder)
    {
        if (!Directory.Exists(folder))
        {
            string wrong = File.Exists(folder) ? "is a file" : "does not exist";
            throw new UsageException($"The folder of pictures '{folder}' {wrong}.");
        }

        string[] classFolders = [.. Directory.EnumerateDirectories(folder).Where(path => !Path.GetFileName(path).StartsWith('.'))];
        if (classFolders.Length == 0)
        {
            string found = FindPictures(folder).Any() ? "has pictures, but no sub-folders" : "is empty";
            throw new UsageException($"The folder '{folder}' {found}; {Expected(folder)}");
        }

        Array.Sort(classFolders, StringComparer.Ordinal);
        List<Picture> pictures =
        [
            .. from classFolder in classFolders
               from path in FindPictures(classFolder).Order(StringComparer.Ordinal)
               select new Picture { Image = path, Label = Path.GetFileName(classFolder) },
        ];
        RequireClasses(folder, pictures, classFolders.Select(path => Path.GetFileName(path)));
        return pictures;
    }

    /// <summary>Checks that there are two classes, and in each one enough pictures to train and to test.</summary>
    /// <exception cref="UsageException">There are not.</exception>
    internal static void RequireClasses(string folder, IReadOnlyCollection<Picture> pictures, IEnumerable<string> classNames)
    {
        Dictionary<string, int> counts = pictures.CountBy(picture => picture.Label).ToDictionary();
        string[] names = [.. classNames];
        if (pictures.Count == 0)
        {
            throw new UsageException($"The sub-folders of '{folder}' hold no pictures that can be read; {Expected(folder)}");
        }

        if (names.Length == 1)
        {
            throw new UsageException($"The folder '{folder}' has only one class, '{names[0]}'; {Expected(folder)}");
        }

        if (Array.Find(names, name => counts.GetValueOrDefault(name) < MinPicturesPerClass) is string poor)
        {
            string count = counts.GetValueOrDefault(poor) == 0 ? "no picture" : "only 1 picture";
            throw new UsageException($"The class '{poor}' in '{folder}' has {count} that can be read; each class needs at least {MinPicturesPerClass}.");
        }
    }

    private static IEnumerable<string> FindPictures(string folder) =>
        Directory.EnumerateFiles(folder).Where(path => Extensions.Contains(Path.GetExtension(path)));

    private static string Expected(string folder) =>
        $"expected one sub-folder a class, at least two of them, such as '{Path.Combine(folder, "cat", "1.jpg")}' and '{Path.Combine(folder, "dog", "1.jpg")}'.";
}

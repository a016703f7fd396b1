namespace TransferLearning;

/// <summary>Finds images in a folder that has one sub-folder a class.</summary>
internal static class ImageFolder
{
    /// <summary>The fewest images of a class: one to train with, one to test with.</summary>
    internal const int MinImagesPerClass = 2;

    private static readonly HashSet<string> Extensions =
        new([".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the images with their classes, in the order of their names.</summary>
    /// <exception cref="UsageException">The folder is missing or not built as needed.</exception>
    internal static IReadOnlyList<ImageData> List(string folder)
    {
        if (!Directory.Exists(folder))
        {
            string wrong = File.Exists(folder) ? "is a file" : "does not exist";
            throw new UsageException($"The folder of images '{folder}' {wrong}.");
        }

        string[] classFolders = [.. Directory.EnumerateDirectories(folder).Where(path => !IsOfSystem(path))];
        if (classFolders.Length == 0)
        {
            string found = FindImages(folder).Any() ? "has images, but no sub-folders" : "is empty";
            throw new UsageException($"The folder '{folder}' {found}; {Expected(folder)}");
        }

        Array.Sort(classFolders, StringComparer.Ordinal);
        List<ImageData> images =
        [
            .. from classFolder in classFolders
               from path in FindImages(classFolder).Order(StringComparer.Ordinal)
               select new ImageData { Image = path, Label = Path.GetFileName(classFolder) },
        ];
        RequireClasses(folder, images, classFolders.Select(path => Path.GetFileName(path)));
        return images;
    }

    /// <summary>Checks that there are two classes, and in each one enough images to train and to test.</summary>
    /// <exception cref="UsageException">There are not.</exception>
    internal static void RequireClasses(string folder, IReadOnlyCollection<ImageData> images, IEnumerable<string> classNames)
    {
        Dictionary<string, int> counts = images.CountBy(image => image.Label).ToDictionary();
        string[] names = [.. classNames];
        if (images.Count == 0)
        {
            throw new UsageException($"The sub-folders of '{folder}' hold no images that can be read; {Expected(folder)}");
        }

        if (names.Length == 1)
        {
            throw new UsageException($"The folder '{folder}' has only one class, '{names[0]}'; {Expected(folder)}");
        }

        if (Array.Find(names, name => counts.GetValueOrDefault(name) < MinImagesPerClass) is string poor)
        {
            string count = counts.GetValueOrDefault(poor) == 0 ? "no image" : "only 1 image";
            throw new UsageException($"The class '{poor}' in '{folder}' has {count} that can be read; each class needs at least {MinImagesPerClass}.");
        }
    }

    private static IEnumerable<string> FindImages(string folder) =>
        Directory.EnumerateFiles(folder).Where(path => Extensions.Contains(Path.GetExtension(path)) && !IsOfSystem(path));

    /// <summary>Returns whether a name is hidden or one that macOS adds: "._" files and the folder "__MACOSX".</summary>
    private static bool IsOfSystem(string path) => Path.GetFileName(path) is var name && (name.StartsWith('.') || name == "__MACOSX");

    private static string Expected(string folder) =>
        $"expected one sub-folder a class, at least two of them, such as '{Path.Combine(folder, "cat", "1.jpg")}' and '{Path.Combine(folder, "dog", "1.jpg")}'.";
}

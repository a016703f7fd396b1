namespace TransferLearning;

/// <summary>Checks that there are classes to tell apart.</summary>
internal static class ClassCheck
{
    /// <summary>The fewest images of a class: one to train with, one to test with.</summary>
    internal const int MinImagesPerClass = 2;

    /// <summary>Checks that there are two classes, and in each one enough images to train and to test.</summary>
    /// <exception cref="UsageException">There are not.</exception>
    internal static void Require(string folder, IEnumerable<string> classNames, IEnumerable<string> labels)
    {
        Dictionary<string, int> counts = labels.CountBy(label => label).ToDictionary();
        string[] names = [.. classNames];
        if (names.Length == 1)
        {
            throw new UsageException(
                $"The folder '{folder}' has only one class, '{names[0]}'; expected one sub-folder a class, such as '{Path.Combine(folder, "cat")}' and '{Path.Combine(folder, "dog")}'.");
        }

        if (Array.Find(names, name => counts.GetValueOrDefault(name) < MinImagesPerClass) is string poor)
        {
            string count = counts.GetValueOrDefault(poor) == 0 ? "no image" : "only 1 image";
            throw new UsageException($"The class '{poor}' in '{folder}' has {count} that can be read; each class needs at least {MinImagesPerClass}.");
        }
    }
}

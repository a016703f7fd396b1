using System.Globalization;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents something in a folder or a list of images that kept images out of the data set.</summary>
public sealed class ImageDatasetProblem
{
    internal ImageDatasetProblem(string path, string message, int? line = null)
    {
        Path = path;
        Line = line;
        Message = line is null ? $"'{path}' {message}" : string.Create(CultureInfo.InvariantCulture, $"'{path}', line {line}: {message}");
    }

    /// <summary>Gets the path of the file, folder or list.</summary>
    public string Path { get; }

    /// <summary>Gets a value indicating whether the problem is a file that should be an image by its name, and cannot be one, such as an empty file.</summary>
    /// <value>False for folders, links that lead nowhere, lists, and images that are left out for other reasons.</value>
    public bool IsUnreadableImage { get; internal init; }

    /// <summary>Gets the line of the list, from 1; null where there is no list.</summary>
    public int? Line { get; }

    /// <summary>Gets what is wrong and what to do, with path and line.</summary>
    public string Message { get; }
}

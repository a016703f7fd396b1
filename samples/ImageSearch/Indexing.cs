using Microsoft.ML.MobileNetV2;
using TransferLearning;

namespace ImageSearch;

/// <summary>Brings an index up to date: only images that are new or have changed go through the network.</summary>
internal static class Indexing
{
    /// <summary>The most images that a killed process has to run again.</summary>
    internal const int PartSize = 256;

    /// <summary>Adds what is missing, and returns an error for each image that cannot be read; it names the file.</summary>
    internal static IReadOnlyList<string> Update(ImageIndex index, MobileNetV2Engine engine, IReadOnlyList<ImageFile> files)
    {
        IReadOnlyList<ImageFile> missing = index.Compare(files);
        List<string> errors = [];
        if (missing.Count == 0)
        {
            return errors;
        }

        Step.Run($"indexing {missing.Count} of {files.Count} images", step =>
        {
            IEnumerable<BatchResult<float[]>> results = engine.Run(missing.Select(file => file.Path)).Select(result => step.Count(result));
            foreach (BatchResult<float[]>[] part in results.Chunk(PartSize))
            {
                errors.AddRange(part.Select(result => result.Error?.Message).OfType<string>());
                index.Add(part.Where(result => result.Error is null).Select(result => (missing[(int)result.Index], result.Value)));
            }
        });
        index.WriteWhole();
        return errors;
    }
}

using DuckDB.NET.Data;
using TransferLearning;

namespace ImageSearch;

/// <summary>Represents the features of a folder's images: kept as Parquet, searched by DuckDB.</summary>
internal sealed class ImageIndex : IDisposable
{
    /// <summary>The width of a vector: the features of the weights that are part of the library.</summary>
    internal const int FeatureCount = 1280;

    private const string Columns = "path VARCHAR, length BIGINT, modified BIGINT";

    private readonly IndexFiles _files;
    private readonly DuckDBConnection _database = Database.OpenInMemory();

    private ImageIndex(IndexFiles files)
    {
        _files = files;
        _database.Execute($"CREATE TABLE images ({Columns}, features FLOAT[{FeatureCount}])");
        _database.Execute($"CREATE TABLE added ({Columns}, features FLOAT[{FeatureCount}])");
        _database.Execute($"CREATE TABLE present ({Columns})");
    }

    /// <summary>Gets the number of images.</summary>
    internal long Count
    {
        get
        {
            using DuckDBCommand command = _database.Prepare("SELECT count(*) FROM images");
            return (long)command.ExecuteScalar()!;
        }
    }

    /// <summary>Returns where the index of a folder of images is kept unless the user says otherwise: in the current folder.</summary>
    internal static string DefaultFolder(string imageFolder) => $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(imageFolder))}.image-index";

    /// <summary>Opens the index in a folder; an empty one where there is none yet.</summary>
    /// <exception cref="UsageException">The index cannot be read.</exception>
    internal static ImageIndex Open(string folder)
    {
        ImageIndex index = new(IndexFiles.Open(folder));
        try
        {
            index.Read();
            return index;
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    /// <summary>Forgets images that are no longer there, or have changed, and returns those whose features are missing.</summary>
    internal IReadOnlyList<ImageFile> Compare(IReadOnlyList<ImageFile> files)
    {
        _database.Execute("DELETE FROM present");
        using (DuckDBAppender appender = _database.CreateAppender("present"))
        {
            foreach (ImageFile file in files)
            {
                appender.CreateRow().AppendValue(file.Path).AppendValue((long?)file.Length).AppendValue((long?)file.Modified).EndRow();
            }
        }

        int forgotten = _database.Execute("DELETE FROM images WHERE (path, length, modified) NOT IN (SELECT (path, length, modified) FROM present)");
        if (forgotten > 0 || _files.HasParts)
        {
            WriteWhole();
        }

        HashSet<string> known = [.. Paths()];
        return [.. files.Where(file => !known.Contains(file.Path))];
    }

    /// <summary>Adds images, and writes them at once: a process that is killed loses nothing that was added before.</summary>
    internal void Add(IEnumerable<(ImageFile File, float[] Features)> images)
    {
        using (DuckDBAppender appender = _database.CreateAppender("added"))
        {
            foreach ((ImageFile file, float[] features) in images)
            {
                appender.CreateRow().AppendValue(file.Path).AppendValue((long?)file.Length).AppendValue((long?)file.Modified).AppendValue(features).EndRow();
            }
        }

        _files.AddPart(path => _database.Execute($"COPY added TO {Database.Quote(path)} (FORMAT parquet)"));
        _database.Execute("INSERT INTO images SELECT * FROM added");
        _database.Execute("DELETE FROM added");
    }

    /// <summary>Puts everything into one Parquet file.</summary>
    internal void WriteWhole() =>
        _files.WriteWhole(path => _database.Execute($"COPY (SELECT * FROM images ORDER BY path) TO {Database.Quote(path)} (FORMAT parquet)"));

    /// <summary>Returns the images whose features are nearest to others, without the image that those are of.</summary>
    internal IReadOnlyList<Neighbor> FindNearest(float[] features, int count, string exceptPath)
    {
        using DuckDBCommand command = _database.Prepare(
            $"SELECT path, array_cosine_distance(features, $features::FLOAT[{FeatureCount}]) AS distance FROM images WHERE path <> $path ORDER BY distance, path LIMIT $count",
            ("features", new List<float>(features)),
            ("path", exceptPath),
            ("count", count));
        using DuckDBDataReader reader = command.ExecuteReader();
        List<Neighbor> nearest = [];
        while (reader.Read())
        {
            nearest.Add(new(reader.GetString(0), reader.GetFloat(1)));
        }

        return nearest;
    }

    /// <summary>Returns all images with their features, in the order of their paths.</summary>
    internal IReadOnlyList<(string Path, float[] Features)> List()
    {
        using DuckDBCommand command = _database.Prepare("SELECT path, features FROM images ORDER BY path");
        using DuckDBDataReader reader = command.ExecuteReader();
        List<(string Path, float[] Features)> images = [];
        while (reader.Read())
        {
            images.Add((reader.GetString(0), [.. reader.GetFieldValue<List<float>>(1)]));
        }

        return images;
    }

    public void Dispose()
    {
        _database.Dispose();
        _files.Dispose();
    }

    private IEnumerable<string> Paths()
    {
        using DuckDBCommand command = _database.Prepare("SELECT path FROM images");
        using DuckDBDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return reader.GetString(0);
        }
    }

    private void Read()
    {
        foreach (string path in _files.All)
        {
            try
            {
                _database.Execute(
                    $"INSERT INTO images SELECT path, length, modified, features::FLOAT[{FeatureCount}] FROM read_parquet({Database.QuotePattern(path)}) AS part " +
                    "WHERE NOT EXISTS (SELECT 1 FROM images WHERE images.path = part.path AND images.length = part.length AND images.modified = part.modified)");
            }
            catch (DuckDBException e)
            {
                throw new UsageException($"'{path}' is not a file of an index, or damaged: {e.Message.Split('\n')[0]} Delete it to run its images again.");
            }
        }
    }
}
